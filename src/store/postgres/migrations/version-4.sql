-- Records of runs, load counters, and approvals and responses of all tenants in one order, for operators. Servers of
-- version 3 write no records, and approvals without their server and tool.

CREATE TABLE run_records (
  id                  text COLLATE "C" PRIMARY KEY, -- of the run
  tenant              text COLLATE "C" NOT NULL,
  created_at          bigint  NOT NULL,             -- Unix milliseconds, like the other times; of the first execution
  executed_at         bigint  NOT NULL,             -- start of the newest execution
  server              text COLLATE "C" NOT NULL,    -- of the newest execution
  attempt             integer NOT NULL,
  state               text    NOT NULL,
  begun_at            bigint,
  first_output_at     bigint,
  ended_at            bigint,                       -- NULL: queued or running
  stop_requested      boolean NOT NULL DEFAULT false,
  agent               text,
  model               text,
  is_background       boolean NOT NULL,
  is_detached         boolean NOT NULL,
  is_compaction       boolean NOT NULL,
  request_id          text,
  model_calls         integer NOT NULL,             -- of the newest execution
  tool_calls          integer NOT NULL,             -- of the newest execution
  earlier_model_calls integer NOT NULL DEFAULT 0,
  earlier_tool_calls  integer NOT NULL DEFAULT 0,
  input_tokens        bigint,
  output_tokens       bigint,
  reason              text,
  error_code          text,
  error_message       text,
  calls               text    NOT NULL,             -- of the newest execution: JSON texts, each followed by U+001E
  earlier_calls       text    NOT NULL DEFAULT ''
) WITH (fillfactor = 80);
CREATE INDEX run_records_by_time ON run_records (created_at, id);
CREATE INDEX run_records_unended ON run_records (created_at, id) WHERE ended_at IS NULL;
CREATE INDEX run_records_to_stop ON run_records (server) WHERE stop_requested AND ended_at IS NULL;

CREATE TABLE load_rows (
  minute         bigint  NOT NULL, -- its start in Unix seconds
  tenant         text COLLATE "C" NOT NULL,
  agent          text COLLATE "C" NOT NULL,
  model          text COLLATE "C" NOT NULL,
  requests       bigint  NOT NULL,
  errors         bigint  NOT NULL,
  cancelled      bigint  NOT NULL,
  input_tokens   bigint  NOT NULL,
  output_tokens  bigint  NOT NULL,
  tool_calls     bigint  NOT NULL,
  queued_ms      bigint  NOT NULL,
  max_queued_ms  bigint  NOT NULL,
  unrecorded     bigint  NOT NULL,
  -- Runs by the time to their first output. The bounds of the buckets are in the code.
  first_0 bigint NOT NULL, first_1 bigint NOT NULL, first_2  bigint NOT NULL, first_3  bigint NOT NULL,
  first_4 bigint NOT NULL, first_5 bigint NOT NULL, first_6  bigint NOT NULL, first_7  bigint NOT NULL,
  first_8 bigint NOT NULL, first_9 bigint NOT NULL, first_10 bigint NOT NULL, first_11 bigint NOT NULL,
  first_12 bigint NOT NULL,
  PRIMARY KEY (minute, tenant, agent, model)
) WITH (fillfactor = 50);
CREATE TABLE load_peaks (
  minute  bigint  NOT NULL,
  server  text COLLATE "C" NOT NULL,
  running integer NOT NULL,
  queued  integer NOT NULL,
  PRIMARY KEY (minute, server)
) WITH (fillfactor = 50);
-- The last flush of each server, so that a repeated one adds nothing.
CREATE TABLE load_flushes (
  server text COLLATE "C" PRIMARY KEY,
  number bigint NOT NULL,
  at     bigint NOT NULL -- Unix seconds
) WITH (fillfactor = 50);

ALTER TABLE approvals ADD COLUMN server text; -- the label; NULL: stored by an earlier version
ALTER TABLE approvals ADD COLUMN tool text;
CREATE INDEX approvals_by_id ON approvals (id);
CREATE INDEX approvals_by_time ON approvals (created_at, id);
CREATE INDEX approvals_pending ON approvals (expires_at) WHERE used_by IS NULL;

-- The responses of a tenant and of a conversation, in the order of their creation.
CREATE INDEX responses_by_tenant ON responses (tenant, key);
CREATE INDEX responses_by_conversation ON responses (conversation_key, key) WHERE conversation_key IS NOT NULL;

-- Input of operators for running runs.
CREATE TABLE run_inputs (
  key     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run_key bigint NOT NULL,
  id      text   NOT NULL, -- of the steer
  input   text   NOT NULL
);
CREATE INDEX run_inputs_by_run ON run_inputs (run_key);
CREATE FUNCTION delete_run_inputs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM run_inputs WHERE run_key = OLD.key;
  RETURN NULL;
END $$;
CREATE TRIGGER inputs_deleted AFTER DELETE ON runs FOR EACH ROW EXECUTE FUNCTION delete_run_inputs();
