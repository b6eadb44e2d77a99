ALTER TABLE runs ADD COLUMN attempts integer NOT NULL DEFAULT 1; -- how often a server has begun to execute it
CREATE INDEX idempotency_keys_unbegun ON idempotency_keys (owner) WHERE NOT began;
