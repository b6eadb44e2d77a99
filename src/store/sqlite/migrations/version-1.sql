-- Responses, their items and their resources.

-- Narrow on purpose: walking a chain and updating the order of use touch these rows only.
CREATE TABLE responses (
  key        INTEGER PRIMARY KEY,
  tenant     TEXT    NOT NULL,
  id         TEXT    NOT NULL,
  parent_key INTEGER REFERENCES responses (key),
  session_id TEXT    NOT NULL,
  created_at INTEGER NOT NULL, -- Unix seconds
  used       INTEGER,          -- position in the order of use; NULL: hidden, needed by descendants
  UNIQUE (tenant, id)
) STRICT;
CREATE INDEX responses_by_parent ON responses (parent_key) WHERE parent_key IS NOT NULL;
CREATE INDEX responses_by_use ON responses (used) WHERE used IS NOT NULL;

-- Reading this row costs the same at any size; counting the rows of a table does not.
CREATE TABLE totals (
  visible INTEGER NOT NULL,
  checks  INTEGER NOT NULL     -- changed by each check: SQLite does not write an unchanged row
) STRICT;
INSERT INTO totals VALUES (0, 0);
CREATE TRIGGER responses_inserted AFTER INSERT ON responses WHEN new.used IS NOT NULL BEGIN
  UPDATE totals SET visible = visible + 1;
END;
CREATE TRIGGER responses_shown_or_hidden AFTER UPDATE OF used ON responses
WHEN (new.used IS NULL) <> (old.used IS NULL) BEGIN
  UPDATE totals SET visible = visible + (new.used IS NOT NULL) - (old.used IS NOT NULL);
END;

CREATE TABLE resources (
  response_key INTEGER PRIMARY KEY REFERENCES responses (key) ON DELETE CASCADE,
  body         TEXT NOT NULL   -- JSON
) STRICT;

-- key = response_key << 24 | position: the items of a response are adjacent and in order, without a second index.
CREATE TABLE items (
  key       INTEGER PRIMARY KEY,
  is_output INTEGER NOT NULL,  -- 0: sent by the client, 1: produced by the agent
  body      TEXT    NOT NULL   -- JSON
) STRICT;
