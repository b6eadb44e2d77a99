-- Webhooks that their endpoints have not received yet. Servers of version 4 neither add nor send any.
CREATE TABLE webhooks (
  id         text COLLATE "C" PRIMARY KEY,
  endpoint   text COLLATE "C" NOT NULL, -- its name in the configuration
  body       text    NOT NULL,          -- JSON
  attempts   integer NOT NULL DEFAULT 0, -- how often a server has begun to send it
  due_at     bigint  NOT NULL,          -- Unix milliseconds; while a server sends it, when another may
  expires_at bigint  NOT NULL           -- Unix seconds
);
CREATE INDEX webhooks_by_due ON webhooks (endpoint, due_at);
CREATE INDEX webhooks_by_expiry ON webhooks (expires_at);

-- Adds the webhooks of a JSON array. Always returns true.
CREATE FUNCTION add_webhooks(added text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO webhooks (id, endpoint, body, due_at, expires_at)
    SELECT id, endpoint, body, "dueAt", "expiresAt"
    FROM json_to_recordset(added::json)
      AS own (id text, endpoint text, body text, "dueAt" bigint, "expiresAt" bigint)
    ON CONFLICT DO NOTHING;
  RETURN true;
END $$;
