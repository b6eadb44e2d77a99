-- Item ids, conversations, chat completions and secrets.

CREATE TABLE conversations (
  key        INTEGER PRIMARY KEY,
  tenant     TEXT    NOT NULL,
  id         TEXT    NOT NULL,
  session_id TEXT    NOT NULL,
  created_at INTEGER NOT NULL, -- Unix seconds
  used       INTEGER NOT NULL, -- position in the order of use
  metadata   TEXT    NOT NULL, -- JSON
  UNIQUE (tenant, id)
) STRICT;
CREATE INDEX conversations_by_use ON conversations (used);

ALTER TABLE responses ADD COLUMN conversation_key INTEGER REFERENCES conversations (key) ON DELETE SET NULL;
CREATE INDEX responses_by_conversation ON responses (conversation_key) WHERE conversation_key IS NOT NULL;

-- The id precedes the body, so reading it never walks the pages of a large body.
CREATE TABLE items_with_ids (
  key       INTEGER PRIMARY KEY, -- response_key << 24 | position
  tenant    TEXT    NOT NULL,
  id        TEXT    NOT NULL,
  is_output INTEGER NOT NULL,    -- 0: sent by the client, 1: produced by the agent
  body      TEXT    NOT NULL     -- JSON
) STRICT;
INSERT INTO items_with_ids
  SELECT items.key, responses.tenant, coalesce(json_extract(body, '$.id'), ''), is_output, body
  FROM items JOIN responses ON responses.key = items.key >> 24
  ORDER BY items.key;
DROP TABLE items;
ALTER TABLE items_with_ids RENAME TO items;
CREATE INDEX items_by_id ON items (tenant, id);

-- key = conversation_key << 32 | position; positions begin at 1. While a response exists, its items hold the bodies: a
-- turn adds one narrow row per item to its conversation.
CREATE TABLE conversation_items (
  key      INTEGER PRIMARY KEY,
  tenant   TEXT NOT NULL,
  id       TEXT NOT NULL,
  item_key INTEGER,            -- the item with the body
  body     TEXT,               -- JSON, when no item has it
  CHECK ((item_key IS NULL) <> (body IS NULL))
) STRICT;
CREATE INDEX conversation_items_by_id ON conversation_items (tenant, id);
CREATE UNIQUE INDEX conversation_items_by_item ON conversation_items (item_key) WHERE item_key IS NOT NULL;

-- A conversation keeps its items when a deletion, an eviction or a replacement removes those of a response.
CREATE TRIGGER items_deleted AFTER DELETE ON items BEGIN
  UPDATE conversation_items SET item_key = NULL, body = old.body WHERE item_key = old.key;
END;
CREATE TRIGGER conversations_deleted AFTER DELETE ON conversations BEGIN
  DELETE FROM conversation_items WHERE key BETWEEN old.key << 32 AND old.key << 32 | 0xFFFFFFFF;
  UPDATE totals SET conversations = conversations - 1;
END;

CREATE TABLE chat_completions (
  key        INTEGER PRIMARY KEY,
  tenant     TEXT    NOT NULL,
  id         TEXT    NOT NULL,
  created_at INTEGER NOT NULL, -- Unix seconds
  used       INTEGER NOT NULL, -- position in the order of use
  model      TEXT    NOT NULL,
  metadata   TEXT    NOT NULL, -- JSON
  UNIQUE (tenant, id)
) STRICT;
CREATE INDEX chat_completions_by_use ON chat_completions (used);
CREATE INDEX chat_completions_by_time ON chat_completions (tenant, created_at);

CREATE TABLE chat_completion_contents (
  completion_key INTEGER PRIMARY KEY REFERENCES chat_completions (key) ON DELETE CASCADE,
  resource       TEXT NOT NULL, -- JSON
  messages       TEXT NOT NULL  -- JSON
) STRICT;

ALTER TABLE totals ADD COLUMN conversations INTEGER NOT NULL DEFAULT 0;
ALTER TABLE totals ADD COLUMN chat_completions INTEGER NOT NULL DEFAULT 0;
CREATE TRIGGER conversations_inserted AFTER INSERT ON conversations BEGIN
  UPDATE totals SET conversations = conversations + 1;
END;
CREATE TRIGGER chat_completions_inserted AFTER INSERT ON chat_completions BEGIN
  UPDATE totals SET chat_completions = chat_completions + 1;
END;
CREATE TRIGGER chat_completions_deleted AFTER DELETE ON chat_completions BEGIN
  UPDATE totals SET chat_completions = chat_completions - 1;
END;

CREATE TABLE secrets (
  name  TEXT PRIMARY KEY,
  bytes BLOB NOT NULL
) STRICT;
