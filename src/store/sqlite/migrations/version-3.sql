CREATE TABLE leases (
  server     TEXT PRIMARY KEY,
  expires_at INTEGER NOT NULL  -- Unix milliseconds
) STRICT, WITHOUT ROWID;

-- The lock of a server without a living lease is free.
CREATE TABLE locks (
  name   TEXT PRIMARY KEY,
  server TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE runs (
  key       INTEGER PRIMARY KEY,
  tenant    TEXT    NOT NULL,
  id        TEXT    NOT NULL,           -- of the response or the chat completion that it makes
  owner     TEXT    NOT NULL,           -- the server that may write
  cancelled INTEGER NOT NULL DEFAULT 0, -- 1: it runs, and somebody asked to stop it
  ended_at  INTEGER,                    -- Unix seconds; NULL: it runs
  expired   INTEGER NOT NULL DEFAULT 0, -- 1: its log has been removed
  events    INTEGER NOT NULL DEFAULT 0, -- in its log, those removed counted
  tail      INTEGER,                    -- key of the last row of its log
  UNIQUE (tenant, id)
) STRICT;
CREATE INDEX runs_running ON runs (owner) WHERE ended_at IS NULL;
CREATE INDEX runs_cancelled ON runs (owner) WHERE cancelled = 1;
CREATE INDEX runs_by_end ON runs (ended_at) WHERE ended_at IS NOT NULL AND expired = 0;

-- Until the run ends. Apart, because it may be large.
CREATE TABLE run_requests (
  run_key INTEGER PRIMARY KEY REFERENCES runs (key) ON DELETE CASCADE,
  body    TEXT NOT NULL        -- JSON
) STRICT;

-- One row for each append, in the order of the commits, whatever run they are of: what many runs append at the same time
-- goes into one page, where rows sorted by run would change a page for each. The rows of a run form a chain.
CREATE TABLE run_events (
  key      INTEGER PRIMARY KEY,
  previous INTEGER,          -- key of the row before it in the log; NULL: there is none
  first    INTEGER NOT NULL, -- the number of its first event
  run_key  INTEGER,          -- in rows with an event whose number is a multiple of 64: where a walk may begin; else NULL
  body     TEXT    NOT NULL  -- JSON texts with U+001E between them, which none contains
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
-- However a response is hidden (deleted, evicted, expired), its run goes, also while descendants need its content.
CREATE TRIGGER responses_hidden AFTER UPDATE OF used ON responses
WHEN new.used IS NULL AND old.used IS NOT NULL BEGIN
  DELETE FROM runs WHERE tenant = old.tenant AND id = old.id;
END;

CREATE TABLE idempotency_keys (
  tenant      TEXT    NOT NULL,
  key         TEXT    NOT NULL,
  fingerprint TEXT    NOT NULL,
  run_id      TEXT    NOT NULL,
  owner       TEXT    NOT NULL, -- the server that has the run
  expires_at  INTEGER NOT NULL, -- Unix seconds
  began       INTEGER NOT NULL, -- 1: the run did begin
  PRIMARY KEY (tenant, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_keys_by_expiry ON idempotency_keys (expires_at);
CREATE INDEX idempotency_keys_by_run ON idempotency_keys (tenant, run_id);
CREATE TRIGGER runs_deleted_with_key AFTER DELETE ON runs BEGIN
  DELETE FROM idempotency_keys WHERE tenant = old.tenant AND run_id = old.id;
END;

-- Unix seconds; NULL: never. What is hidden does not expire any more, so that the index has only what is due one day.
ALTER TABLE responses ADD COLUMN expires_at INTEGER;
CREATE INDEX responses_by_expiry ON responses (expires_at) WHERE expires_at IS NOT NULL;
ALTER TABLE conversations ADD COLUMN expires_at INTEGER;
CREATE INDEX conversations_by_expiry ON conversations (expires_at) WHERE expires_at IS NOT NULL;
ALTER TABLE chat_completions ADD COLUMN expires_at INTEGER;
CREATE INDEX chat_completions_by_expiry ON chat_completions (expires_at) WHERE expires_at IS NOT NULL;
