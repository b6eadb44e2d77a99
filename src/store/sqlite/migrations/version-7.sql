-- Webhooks that their endpoints have not received yet.
CREATE TABLE webhooks (
  id         TEXT    NOT NULL PRIMARY KEY,
  endpoint   TEXT    NOT NULL,           -- its name in the configuration
  body       TEXT    NOT NULL,           -- JSON
  attempts   INTEGER NOT NULL DEFAULT 0, -- how often a server has begun to send it
  due_at     INTEGER NOT NULL,           -- Unix milliseconds; while a server sends it, when another may
  expires_at INTEGER NOT NULL            -- Unix seconds
) STRICT, WITHOUT ROWID;
CREATE INDEX webhooks_by_due ON webhooks (endpoint, due_at);
CREATE INDEX webhooks_by_expiry ON webhooks (expires_at);
