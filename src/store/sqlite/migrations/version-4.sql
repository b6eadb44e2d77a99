-- Counts the executions of a run and finds the keys whose runs have not begun.
ALTER TABLE runs ADD COLUMN attempts INTEGER NOT NULL DEFAULT 1; -- how often a server has begun to execute it
CREATE INDEX idempotency_keys_unbegun ON idempotency_keys (owner) WHERE began = 0;
