/** How often a run was executed, and which keys a server has reserved for runs that have not begun. */
export const version4 = `
ALTER TABLE runs ADD COLUMN attempts INTEGER NOT NULL DEFAULT 1; -- how often a server has begun to execute it
CREATE INDEX idempotency_keys_unbegun ON idempotency_keys (owner) WHERE began = 0;
`;
