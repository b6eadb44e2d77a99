/**
 * How often a run was executed, and which keys a server has reserved for runs that have not begun. The column `taking` of
 * runs is unused from here on; servers of the version before still write it.
 */
export const version2 = `
ALTER TABLE runs ADD COLUMN attempts integer NOT NULL DEFAULT 1; -- how often a server has begun to execute it
CREATE INDEX idempotency_keys_unbegun ON idempotency_keys (owner) WHERE NOT began;
`;
