-- Several nodes over one database: whose turn it is in a debate, who is alive, who is present where
-- (fishbowl/log/turns.py, nodes.py).

ALTER TABLE fishbowl ADD COLUMN seal_key bytea; -- what every node seals archives with

-- Every commit of a debate is a turn. Turns are counted under the debate's lock: whoever has seen turn n has
-- missed what is of a later one, and nothing else.
ALTER TABLE debates ADD COLUMN turns bigint NOT NULL DEFAULT 0;
ALTER TABLE unchanged ADD COLUMN turn bigint NOT NULL DEFAULT 0;
DROP INDEX unchanged_since;
CREATE INDEX unchanged_since ON unchanged (debate, turn);

CREATE TABLE nodes (
  node text COLLATE "C" PRIMARY KEY,
  seen timestamptz NOT NULL -- by this server's clock
);

-- Who is present in a debate by way of a node: written in its turns, and so the same for whoever has the next.
CREATE TABLE presence (
  debate    text COLLATE "C" NOT NULL,
  node      text COLLATE "C" NOT NULL,
  turn      bigint  NOT NULL, -- in which `people` were written
  people    text[]  NOT NULL,
  onlookers integer NOT NULL, -- a count for the eye, written at any time
  PRIMARY KEY (debate, node)
) WITH (fillfactor = 50);

-- Whose links have ended by way of a node, and in which turn: the others close their connections before they show
-- what came later, or let in who comes with a later link.
CREATE TABLE endings (
  debate text COLLATE "C" NOT NULL,
  turn   bigint  NOT NULL,
  node   text COLLATE "C" NOT NULL,
  person text    NOT NULL
);
CREATE INDEX endings_since ON endings (debate, turn);

-- What a turn begins with: is the asker's hold good (as fishbowl_is_held_by), and how does the debate stand,
-- which stays so until the transaction ends.
CREATE FUNCTION fishbowl_turn(
  wanted text, which text, OUT held boolean, OUT epoch text, OUT head bigint, OUT turns bigint
) LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(1718186858); -- TAKING in fishbowl/log/hold.py
  SELECT wanted IS NULL OR f.holder = wanted INTO held FROM fishbowl f;
  SELECT d.epoch, d.head, d.turns INTO epoch, head, turns FROM debates d WHERE d.slug = which FOR UPDATE;
END
$$;

-- Links just made, on their way to the page that shows them, which may be another node's. The key is a digest of
-- what the asker shows; what is sealed is read with that alone (fishbowl/web/fresh.py).
CREATE TABLE fresh (
  key    bytea  NOT NULL,
  until  bigint NOT NULL,
  number bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  sealed bytea  NOT NULL
);
CREATE INDEX fresh_keys ON fresh (key);
