-- Who serves these debates: one at a time, for as long as it holds them (fishbowl/log/hold.py).

ALTER TABLE fishbowl
  ADD COLUMN holder  text,   -- a random name, given anew to each that begins to hold
  ADD COLUMN held_by text,   -- for the operator: machine and data directory
  ADD COLUMN seen    bigint; -- when a service that held was last alive, by its clock

-- Asked at the beginning of every transaction. Whoever begins to hold waits for those under way, which keep this lock
-- to their end; those that come later wait for it, and then see another's name. (Each statement of a volatile function
-- sees what was committed before it; one statement that locks and looks would look first.)
CREATE FUNCTION fishbowl_is_held_by(wanted text) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(1718186858); -- TAKING in fishbowl/log/hold.py
  RETURN (SELECT holder = wanted FROM fishbowl);
END
$$;
