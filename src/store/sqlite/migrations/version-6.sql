-- Records of runs, load counters, and approvals and responses of all tenants in one order, for operators.

-- The calls come last, so reading the other columns never walks the pages of many calls.
CREATE TABLE run_records (
  key                  INTEGER PRIMARY KEY,
  id                   TEXT    NOT NULL UNIQUE, -- of the run
  tenant               TEXT    NOT NULL,
  created_at           INTEGER NOT NULL,        -- Unix milliseconds, like the other times; of the first execution
  executed_at          INTEGER NOT NULL,        -- start of the newest execution
  server               TEXT    NOT NULL,        -- of the newest execution
  attempt              INTEGER NOT NULL,
  state                TEXT    NOT NULL,
  begun_at             INTEGER,
  first_output_at      INTEGER,
  ended_at             INTEGER,                 -- NULL: queued or running
  stop_requested       INTEGER NOT NULL DEFAULT 0,
  agent                TEXT,
  model                TEXT,
  is_background        INTEGER NOT NULL,
  is_detached          INTEGER NOT NULL,
  is_compaction        INTEGER NOT NULL,
  request_id           TEXT,
  model_calls          INTEGER NOT NULL,        -- of the newest execution
  tool_calls           INTEGER NOT NULL,        -- of the newest execution
  earlier_model_calls  INTEGER NOT NULL DEFAULT 0,
  earlier_tool_calls   INTEGER NOT NULL DEFAULT 0,
  input_tokens         INTEGER,
  output_tokens        INTEGER,
  reason               TEXT,
  error_code           TEXT,
  error_message        TEXT,
  calls                TEXT    NOT NULL,        -- of the newest execution: JSON texts, each followed by U+001E
  earlier_calls        TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX run_records_by_time ON run_records (created_at, id);
CREATE INDEX run_records_unended ON run_records (created_at, id) WHERE ended_at IS NULL;
CREATE INDEX run_records_to_stop ON run_records (server) WHERE stop_requested = 1 AND ended_at IS NULL;

CREATE TABLE load_rows (
  minute         INTEGER NOT NULL, -- its start in Unix seconds
  tenant         TEXT    NOT NULL,
  agent          TEXT    NOT NULL,
  model          TEXT    NOT NULL,
  requests       INTEGER NOT NULL,
  errors         INTEGER NOT NULL,
  cancelled      INTEGER NOT NULL,
  input_tokens   INTEGER NOT NULL,
  output_tokens  INTEGER NOT NULL,
  tool_calls     INTEGER NOT NULL,
  queued_ms      INTEGER NOT NULL,
  max_queued_ms  INTEGER NOT NULL,
  unrecorded     INTEGER NOT NULL,
  -- Runs by the time to their first output. The bounds of the buckets are in the code.
  first_0 INTEGER NOT NULL, first_1 INTEGER NOT NULL, first_2  INTEGER NOT NULL, first_3  INTEGER NOT NULL,
  first_4 INTEGER NOT NULL, first_5 INTEGER NOT NULL, first_6  INTEGER NOT NULL, first_7  INTEGER NOT NULL,
  first_8 INTEGER NOT NULL, first_9 INTEGER NOT NULL, first_10 INTEGER NOT NULL, first_11 INTEGER NOT NULL,
  first_12 INTEGER NOT NULL,
  PRIMARY KEY (minute, tenant, agent, model)
) STRICT, WITHOUT ROWID;
CREATE TABLE load_peaks (
  minute  INTEGER NOT NULL,
  server  TEXT    NOT NULL,
  running INTEGER NOT NULL,
  queued  INTEGER NOT NULL,
  PRIMARY KEY (minute, server)
) STRICT, WITHOUT ROWID;
-- The last flush of each server, so that a repeated one adds nothing.
CREATE TABLE load_flushes (
  server TEXT    PRIMARY KEY,
  number INTEGER NOT NULL,
  at     INTEGER NOT NULL -- Unix seconds
) STRICT, WITHOUT ROWID;

ALTER TABLE approvals ADD COLUMN server TEXT; -- the label; NULL: stored by an earlier version
ALTER TABLE approvals ADD COLUMN tool TEXT;
CREATE INDEX approvals_by_id ON approvals (id);
CREATE INDEX approvals_by_time ON approvals (created_at, id);
CREATE INDEX approvals_pending ON approvals (expires_at) WHERE used_by IS NULL;

-- Ends with the key: the responses of a tenant in the order of their creation.
CREATE INDEX responses_by_tenant ON responses (tenant);

-- Input of operators for running runs.
CREATE TABLE run_inputs (
  key     INTEGER PRIMARY KEY,
  run_key INTEGER NOT NULL REFERENCES runs (key) ON DELETE CASCADE,
  id      TEXT    NOT NULL, -- of the steer
  input   TEXT    NOT NULL
) STRICT;
CREATE INDEX run_inputs_by_run ON run_inputs (run_key);
