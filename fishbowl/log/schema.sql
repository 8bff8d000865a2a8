-- The tables of the log. What each column means: fishbowl/log/codec.py.
-- STRICT, so that a damaged row shows at the next start; WITHOUT ROWID, so that a debate lies together.

CREATE TABLE debates (
  slug       TEXT PRIMARY KEY,
  epoch      TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE records (
  debate       TEXT NOT NULL REFERENCES debates (slug),
  seq          INTEGER NOT NULL,
  at           INTEGER NOT NULL,
  by_person    TEXT NOT NULL,
  kind         TEXT NOT NULL,
  version      INTEGER NOT NULL,
  body         TEXT NOT NULL,
  cause_id     TEXT,
  cause_digest TEXT,
  checksum     INTEGER NOT NULL,
  PRIMARY KEY (debate, seq)
) STRICT, WITHOUT ROWID;

-- What people wrote, apart from the record of their having written it: deleting a row erases the text.
CREATE TABLE texts (
  debate   TEXT NOT NULL,
  seq      INTEGER NOT NULL,
  field    TEXT NOT NULL,
  salt     BLOB NOT NULL,
  text     TEXT NOT NULL,
  checksum INTEGER NOT NULL,
  PRIMARY KEY (debate, seq, field),
  FOREIGN KEY (debate, seq) REFERENCES records (debate, seq)
) STRICT, WITHOUT ROWID;

-- Accepted commands that changed nothing: no record keeps their ids.
CREATE TABLE unchanged (
  debate    TEXT NOT NULL REFERENCES debates (slug),
  by_person TEXT NOT NULL,
  id        TEXT NOT NULL,
  digest    TEXT NOT NULL,
  salt      BLOB NOT NULL,
  seq       INTEGER NOT NULL,
  PRIMARY KEY (debate, by_person, id)
) STRICT, WITHOUT ROWID;

PRAGMA application_id = 0x66697368; -- "fish": whose file this is
PRAGMA user_version = 1; -- of the tables above; fishbowl/log/connection.py refuses a higher one
