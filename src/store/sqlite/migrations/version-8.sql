-- The newest events of running runs, until they are in rows of their runs.

-- One row per commit, with the appends of all runs: concurrent streams cost one row, not one for each append.
CREATE TABLE run_windows (
  key     INTEGER PRIMARY KEY, -- Unix milliseconds, or one more than the last
  writer  INTEGER NOT NULL,    -- the handle that wrote it
  entries TEXT    NOT NULL,    -- JSON: for each append the key of its run, the number of its first event, and its bytes
  body    TEXT    NOT NULL     -- appends separated by U+001D, each with its JSON texts separated by U+001E
) STRICT;
-- The handle whose windows hold the newest events, and the first of those windows. Keys of runs are used again.
ALTER TABLE runs ADD COLUMN writer INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN window INTEGER NOT NULL DEFAULT 0;

-- The fragment of a response: its messages as text, for later turns to send as they are. Null without a fragment. A
-- response has one only if it begins its chain or its parent has one. It shares the row of the resource, so that a turn
-- writes no further page.
ALTER TABLE resources ADD COLUMN chain_items INTEGER; -- items of the response and its ancestors
ALTER TABLE resources ADD COLUMN chain_bytes INTEGER; -- of the JSON of these items
ALTER TABLE resources ADD COLUMN open_calls TEXT;     -- JSON: the ids of the calls at its end
ALTER TABLE resources ADD COLUMN system TEXT;         -- JSON strings separated by commas
ALTER TABLE resources ADD COLUMN messages TEXT;       -- JSON texts separated by commas
