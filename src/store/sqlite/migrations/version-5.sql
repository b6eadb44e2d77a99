-- The journals of runs, approvals of tool calls, and token counters of tenants.

-- One row per append, in the order of the commits.
CREATE TABLE run_steps (
  key     INTEGER PRIMARY KEY,
  run_key INTEGER NOT NULL REFERENCES runs (key) ON DELETE CASCADE,
  events  INTEGER NOT NULL, -- in the log of the run once the steps were committed
  body    TEXT    NOT NULL  -- JSON texts separated by U+001E
) STRICT;
CREATE INDEX run_steps_by_run ON run_steps (run_key);
CREATE TRIGGER runs_expired_with_steps AFTER UPDATE OF expired ON runs WHEN new.expired = 1 BEGIN
  DELETE FROM run_steps WHERE run_key = new.key;
END;

-- An approval outlives the run that asked for it, but not that run's response.
CREATE TABLE approvals (
  key         INTEGER PRIMARY KEY,
  tenant      TEXT    NOT NULL,
  id          TEXT    NOT NULL,
  run_id      TEXT    NOT NULL, -- the run that asked
  hash        TEXT    NOT NULL,
  created_at  INTEGER NOT NULL, -- Unix seconds
  expires_at  INTEGER NOT NULL, -- Unix seconds
  state       TEXT,             -- JSON
  approve     INTEGER,          -- 1: approved, 0: denied, NULL: pending
  reason      TEXT,
  used_by     TEXT,             -- the run that used the answer
  answered_at INTEGER,          -- Unix seconds
  UNIQUE (tenant, id)
) STRICT;
CREATE INDEX approvals_by_run ON approvals (tenant, run_id);
CREATE INDEX approvals_by_expiry ON approvals (expires_at);
CREATE TRIGGER responses_hidden_with_approvals AFTER UPDATE OF used ON responses
WHEN new.used IS NULL AND old.used IS NOT NULL BEGIN
  DELETE FROM approvals WHERE tenant = old.tenant AND run_id = old.id;
END;

CREATE TABLE token_use (
  tenant  TEXT    NOT NULL,
  ends_at INTEGER NOT NULL, -- of the window, in Unix seconds
  seconds INTEGER NOT NULL, -- the length of the window
  tokens  INTEGER NOT NULL,
  PRIMARY KEY (tenant, ends_at, seconds)
) STRICT, WITHOUT ROWID;
CREATE INDEX token_use_by_end ON token_use (ends_at);
