-- The tables of the log in PostgreSQL. What each column means: fishbowl/log/codec.py and schema.sql.
-- Slugs sort by code point, as they do in SQLite. Words are bytes: text here cannot hold every code point.

CREATE TABLE fishbowl (
  version integer NOT NULL -- of these tables; fishbowl/log/pool.py refuses a higher one
);
INSERT INTO fishbowl VALUES (1);

-- Whoever writes a debate locks its row and keeps it until the commit: head is then the last seq stored.
CREATE TABLE debates (
  slug       text COLLATE "C" PRIMARY KEY,
  epoch      text NOT NULL,
  created_at bigint NOT NULL,
  head       bigint NOT NULL
) WITH (fillfactor = 50);

CREATE TABLE records (
  debate       text COLLATE "C" NOT NULL,
  seq          bigint NOT NULL,
  at           bigint NOT NULL,
  by_person    text NOT NULL,
  kind         text NOT NULL,
  version      integer NOT NULL,
  body         text NOT NULL,
  cause_id     text,
  cause_digest text,
  checksum     bigint NOT NULL,
  PRIMARY KEY (debate, seq)
);

-- What people wrote, apart from the record of their having written it: deleting a row erases the text.
CREATE TABLE texts (
  debate   text COLLATE "C" NOT NULL,
  seq      bigint NOT NULL,
  field    text COLLATE "C" NOT NULL,
  salt     bytea NOT NULL,
  text     bytea NOT NULL,
  checksum bigint NOT NULL,
  PRIMARY KEY (debate, seq, field)
);

-- Accepted commands that changed nothing: no record keeps their ids.
CREATE TABLE unchanged (
  debate    text COLLATE "C" NOT NULL,
  by_person text NOT NULL,
  id        text NOT NULL,
  digest    text NOT NULL,
  salt      bytea NOT NULL,
  seq       bigint NOT NULL,
  PRIMARY KEY (debate, by_person, id)
);
CREATE INDEX unchanged_since ON unchanged (debate, seq);

-- Whose words were erased here: an older archive that is imported gives none of them back.
CREATE TABLE erasures (
  debate     text COLLATE "C" NOT NULL,
  created_at bigint NOT NULL,
  seq        bigint NOT NULL,
  PRIMARY KEY (debate, created_at, seq)
);
