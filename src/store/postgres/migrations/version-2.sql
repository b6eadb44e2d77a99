-- Counts the executions of a run and finds the keys whose runs have not begun. From here on the column `taking` of runs
-- is unused; servers of version 1 still write it.
ALTER TABLE runs ADD COLUMN attempts integer NOT NULL DEFAULT 1; -- how often a server has begun to execute it
CREATE INDEX idempotency_keys_unbegun ON idempotency_keys (owner) WHERE NOT began;
