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
