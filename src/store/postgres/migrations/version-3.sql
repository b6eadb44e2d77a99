-- The journals of runs, approvals of tool calls, and token counters of tenants. Servers of version 2 write none of them,
-- but remove them with their runs and responses.

-- One row per append.
CREATE TABLE run_steps (
  key     bigint GENERATED ALWAYS AS IDENTITY, -- increases with each append of a run
  run_key bigint NOT NULL,
  append  uuid   NOT NULL,                     -- the call that appended it, which may be repeated
  events  bigint NOT NULL,                     -- in the log of the run once the steps were committed
  bodies  text   NOT NULL,                     -- JSON texts separated by U+001E
  PRIMARY KEY (run_key, append)
);

CREATE FUNCTION delete_run_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM run_steps WHERE run_key = OLD.key;
  RETURN NULL;
END $$;
CREATE TRIGGER steps_deleted AFTER DELETE ON runs FOR EACH ROW EXECUTE FUNCTION delete_run_steps();
CREATE TRIGGER steps_expired AFTER UPDATE OF has_log ON runs
  FOR EACH ROW WHEN (NOT NEW.has_log) EXECUTE FUNCTION delete_run_steps();

-- An approval outlives the run that asked for it, but not that run's response.
CREATE TABLE approvals (
  tenant      text COLLATE "C" NOT NULL,
  id          text COLLATE "C" NOT NULL,
  run_id      text COLLATE "C" NOT NULL, -- the run that asked
  hash        text    NOT NULL,
  created_at  bigint  NOT NULL,          -- Unix seconds
  expires_at  bigint  NOT NULL,          -- Unix seconds
  state       text,                      -- JSON
  approve     boolean,                   -- NULL: pending
  reason      text,
  used_by     text,                      -- the run that used the answer
  answered_at bigint,                    -- Unix seconds
  PRIMARY KEY (tenant, id)
);
CREATE INDEX approvals_by_run ON approvals (tenant, run_id);
CREATE INDEX approvals_by_expiry ON approvals (expires_at);

CREATE FUNCTION delete_approvals() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM approvals WHERE tenant = OLD.tenant AND run_id = OLD.id;
  RETURN NULL;
END $$;
CREATE TRIGGER approvals_deleted AFTER UPDATE OF used ON responses
  FOR EACH ROW WHEN (NEW.used IS NULL AND OLD.used IS NOT NULL) EXECUTE FUNCTION delete_approvals();

CREATE TABLE token_use (
  tenant  text COLLATE "C" NOT NULL,
  ends_at bigint  NOT NULL, -- of the window, in Unix seconds
  seconds integer NOT NULL, -- the length of the window
  tokens  bigint  NOT NULL,
  PRIMARY KEY (tenant, ends_at, seconds)
) WITH (fillfactor = 50);
CREATE INDEX token_use_by_end ON token_use (ends_at);
