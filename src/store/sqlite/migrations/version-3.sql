-- Runs with their logs, leases and locks of servers, idempotency keys, and expiry.

CREATE TABLE leases (
  server     TEXT PRIMARY KEY,
  expires_at INTEGER NOT NULL  -- Unix milliseconds
) STRICT, WITHOUT ROWID;

-- The lock of a server without a lease in force is free.
CREATE TABLE locks (
  name   TEXT PRIMARY KEY,
  server TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE runs (
  key       INTEGER PRIMARY KEY,
  tenant    TEXT    NOT NULL,
  id        TEXT    NOT NULL,           -- of the response or the chat completion that it produces
  owner     TEXT    NOT NULL,           -- the server that may write
  cancelled INTEGER NOT NULL DEFAULT 0, -- 1: running, and its cancellation was requested
  ended_at  INTEGER,                    -- Unix seconds; NULL: running
  expired   INTEGER NOT NULL DEFAULT 0, -- 1: its log has been removed
  events    INTEGER NOT NULL DEFAULT 0, -- in its log, including removed ones
  tail      INTEGER,                    -- key of the last row of its log
  UNIQUE (tenant, id)
) STRICT;
CREATE INDEX runs_running ON runs (owner) WHERE ended_at IS NULL;
CREATE INDEX runs_cancelled ON runs (owner) WHERE cancelled = 1;
CREATE INDEX runs_by_end ON runs (ended_at) WHERE ended_at IS NOT NULL AND expired = 0;

-- Kept until the run ends. A table of its own, because bodies may be large.
CREATE TABLE run_requests (
  run_key INTEGER PRIMARY KEY REFERENCES runs (key) ON DELETE CASCADE,
  body    TEXT NOT NULL        -- JSON
) STRICT;

-- One row per append, in the order of the commits: concurrent appends of many runs share a page, whereas rows sorted by
-- run would change a page each. The rows of a run form a chain.
CREATE TABLE run_events (
  key      INTEGER PRIMARY KEY,
  previous INTEGER,          -- key of the previous row of the log; NULL: the first row
  first    INTEGER NOT NULL, -- the number of its first event
  run_key  INTEGER,          -- set in rows with an event number divisible by 64, where a walk may begin
  body     TEXT    NOT NULL  -- JSON texts separated by U+001E, which JSON never contains
) STRICT;
CREATE INDEX run_events_by_run ON run_events (run_key, first) WHERE run_key IS NOT NULL;

CREATE TRIGGER runs_expired AFTER UPDATE OF tail ON runs WHEN new.tail IS NULL BEGIN
  DELETE FROM run_events WHERE key IN (
    WITH RECURSIVE chain (key) AS (
      SELECT old.tail
      UNION ALL
      SELECT previous FROM chain JOIN run_events USING (key)
    )
    SELECT key FROM chain
  );
END;
CREATE TRIGGER runs_deleted AFTER DELETE ON runs BEGIN
  DELETE FROM run_events WHERE key IN (
    WITH RECURSIVE chain (key) AS (
      SELECT old.tail
      UNION ALL
      SELECT previous FROM chain JOIN run_events USING (key)
    )
    SELECT key FROM chain
  );
END;
-- Hiding a response (by deletion, eviction or expiry) removes its run, even while descendants need its content.
CREATE TRIGGER responses_hidden AFTER UPDATE OF used ON responses
WHEN new.used IS NULL AND old.used IS NOT NULL BEGIN
  DELETE FROM runs WHERE tenant = old.tenant AND id = old.id;
END;

CREATE TABLE idempotency_keys (
  tenant      TEXT    NOT NULL,
  key         TEXT    NOT NULL,
  fingerprint TEXT    NOT NULL,
  run_id      TEXT    NOT NULL,
  owner       TEXT    NOT NULL, -- the server that executes the run
  expires_at  INTEGER NOT NULL, -- Unix seconds
  began       INTEGER NOT NULL, -- 1: the run has begun
  PRIMARY KEY (tenant, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_keys_by_expiry ON idempotency_keys (expires_at);
CREATE INDEX idempotency_keys_by_run ON idempotency_keys (tenant, run_id);
CREATE TRIGGER runs_deleted_with_key AFTER DELETE ON runs BEGIN
  DELETE FROM idempotency_keys WHERE tenant = old.tenant AND run_id = old.id;
END;

-- Unix seconds; NULL: never expires. Hidden responses have no expiry, so the index holds visible ones only.
ALTER TABLE responses ADD COLUMN expires_at INTEGER;
CREATE INDEX responses_by_expiry ON responses (expires_at) WHERE expires_at IS NOT NULL;
ALTER TABLE conversations ADD COLUMN expires_at INTEGER;
CREATE INDEX conversations_by_expiry ON conversations (expires_at) WHERE expires_at IS NOT NULL;
ALTER TABLE chat_completions ADD COLUMN expires_at INTEGER;
CREATE INDEX chat_completions_by_expiry ON chat_completions (expires_at) WHERE expires_at IS NOT NULL;
