-- Begins a run. Does nothing when this owner has begun it before. Returns false when the reserved key no longer names
-- it. A concurrent reservation of the key locks the same row, so one waits for the other.
CREATE FUNCTION begin_run(
  its_tenant text, its_id text, its_owner text, request text, event_count integer, event_bodies text, reserved boolean
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  this bigint;
BEGIN
  IF EXISTS (SELECT FROM runs WHERE tenant = its_tenant AND id = its_id AND owner = its_owner AND ended_at IS NULL) THEN
    RETURN true;
  END IF;
  IF reserved THEN
    UPDATE idempotency_keys SET began = true WHERE tenant = its_tenant AND id = its_id;
    IF NOT FOUND THEN RETURN false; END IF;
  END IF;
  INSERT INTO runs (tenant, id, owner, events) VALUES (its_tenant, its_id, its_owner, event_count) RETURNING key INTO this;
  IF request IS NOT NULL THEN INSERT INTO run_requests VALUES (this, request); END IF;
  IF event_count > 0 THEN INSERT INTO run_events VALUES (this, 0, event_count, event_bodies); END IF;
  RETURN true;
END $$;

-- Ends a run. Returns false when it is unknown, has ended, has another owner, or its log does not have `events_before`
-- events.
CREATE FUNCTION end_run(
  its_tenant text, its_id text, its_owner text, event_count integer, event_bodies text, events_before bigint
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  this bigint;
  first_event bigint;
BEGIN
  UPDATE runs SET events = events + event_count, ended_at = floor(extract(epoch FROM clock_timestamp()))
    WHERE tenant = its_tenant AND id = its_id AND owner = its_owner AND ended_at IS NULL
      AND events = coalesce(events_before, events)
    RETURNING key, events - event_count INTO this, first_event;
  IF NOT FOUND THEN RETURN false; END IF;
  IF event_count > 0 THEN INSERT INTO run_events VALUES (this, first_event, event_count, event_bodies); END IF;
  DELETE FROM run_requests WHERE run_key = this;
  RETURN true;
END $$;
