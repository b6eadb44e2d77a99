CREATE SEQUENCE uses; -- places in the order of use

CREATE TABLE conversations (
  key           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant        text COLLATE "C" NOT NULL,
  id            text COLLATE "C" NOT NULL,
  session_id    text   NOT NULL,
  created_at    bigint NOT NULL, -- Unix seconds
  expires_at    bigint,          -- Unix seconds
  used          bigint NOT NULL DEFAULT nextval('uses'),
  next_position bigint NOT NULL, -- of its next item; whoever takes some holds the row's lock, so items stay together
  metadata      text   NOT NULL, -- JSON
  UNIQUE (tenant, id)
);
CREATE INDEX conversations_by_use ON conversations (used);
CREATE INDEX conversations_by_expiry ON conversations (expires_at) WHERE expires_at IS NOT NULL;

-- Narrow on purpose: the walk of a chain and the order of use read and write these rows only.
CREATE TABLE responses (
  key              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant           text COLLATE "C" NOT NULL,
  id               text COLLATE "C" NOT NULL,
  parent_key       bigint REFERENCES responses (key),
  conversation_key bigint,          -- may name one that is gone: keys are never used again
  session_id       text    NOT NULL,
  created_at       bigint  NOT NULL, -- Unix seconds
  expires_at       bigint,          -- Unix seconds
  used             bigint,          -- place in the order of use; NULL: hidden, kept for its descendants
  inputs           integer NOT NULL, -- so many of its items, the first ones, were given by the client
  UNIQUE (tenant, id)
);
CREATE INDEX responses_by_parent ON responses (parent_key) WHERE parent_key IS NOT NULL;
CREATE INDEX responses_by_use ON responses (used) WHERE used IS NOT NULL;
CREATE INDEX responses_by_expiry ON responses (expires_at) WHERE used IS NOT NULL AND expires_at IS NOT NULL;

CREATE TABLE resources (
  response_key bigint PRIMARY KEY,
  body         text NOT NULL -- JSON
);

CREATE TABLE items (
  response_key bigint  NOT NULL,
  position     integer NOT NULL, -- from 1
  tenant       text COLLATE "C" NOT NULL,
  id           text COLLATE "C" NOT NULL,
  body         text NOT NULL,    -- JSON
  PRIMARY KEY (response_key, position)
);
CREATE INDEX items_by_id ON items (tenant, id, response_key, position);

-- The body of what was said in a response that is still there is the response's: what a conversation adds to a turn is
-- one narrow row for each item.
CREATE TABLE conversation_items (
  conversation_key bigint NOT NULL,
  position         bigint NOT NULL, -- from 1
  tenant           text COLLATE "C" NOT NULL,
  id               text COLLATE "C" NOT NULL,
  response_key     bigint,          -- the item that holds the body
  item_position    integer,
  body             text,            -- JSON, when no item does
  PRIMARY KEY (conversation_key, position),
  CHECK ((response_key IS NULL) <> (body IS NULL))
);
CREATE INDEX conversation_items_by_id ON conversation_items (tenant, id, conversation_key, position);
CREATE INDEX conversation_items_by_item ON conversation_items (response_key) WHERE response_key IS NOT NULL;

CREATE TABLE chat_completions (
  key        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant     text COLLATE "C" NOT NULL,
  id         text COLLATE "C" NOT NULL,
  created_at bigint NOT NULL, -- Unix seconds
  expires_at bigint,          -- Unix seconds
  used       bigint NOT NULL DEFAULT nextval('uses'),
  model      text   NOT NULL, -- JSON
  metadata   text   NOT NULL, -- JSON
  pairs      text[] NOT NULL, -- the metadata, each pair as JSON: what lists are filtered by
  UNIQUE (tenant, id)
);
CREATE INDEX chat_completions_by_use ON chat_completions (used);
CREATE INDEX chat_completions_by_time ON chat_completions (tenant, created_at, key);
CREATE INDEX chat_completions_by_expiry ON chat_completions (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE chat_completion_contents (
  completion_key bigint PRIMARY KEY,
  resource       text NOT NULL, -- JSON
  messages       text NOT NULL  -- JSON
);

-- Rewritten by each append: nothing in it that is large, and room for the new version beside the old one.
CREATE TABLE runs (
  key        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant     text COLLATE "C" NOT NULL,
  id         text COLLATE "C" NOT NULL,
  owner      text COLLATE "C" NOT NULL,
  events     bigint  NOT NULL,               -- how many its log has had
  cancelled  boolean NOT NULL DEFAULT false, -- somebody asked to stop it
  ended_at   bigint,                         -- Unix seconds; NULL: it runs
  has_log    boolean NOT NULL DEFAULT true,
  taking     text COLLATE "C",               -- which taking of lost runs gave it to its owner; NULL: none did
  UNIQUE (tenant, id)
) WITH (fillfactor = 50);
CREATE INDEX runs_running ON runs (owner) WHERE ended_at IS NULL;
CREATE INDEX runs_by_end ON runs (ended_at) WHERE ended_at IS NOT NULL AND has_log;

CREATE TABLE run_requests (
  run_key bigint PRIMARY KEY,
  body    text NOT NULL -- JSON
);

-- One row for what was appended together.
CREATE TABLE run_events (
  run_key bigint  NOT NULL,
  first   bigint  NOT NULL, -- the number of its first event
  count   integer NOT NULL,
  bodies  text    NOT NULL, -- JSON texts, with U+001E between them
  PRIMARY KEY (run_key, first)
);

CREATE TABLE servers (
  server     text COLLATE "C" PRIMARY KEY,
  expires_at timestamptz NOT NULL
);

CREATE TABLE locks (
  name   text COLLATE "C" PRIMARY KEY,
  server text COLLATE "C" NOT NULL
);
CREATE INDEX locks_by_server ON locks (server);

CREATE TABLE idempotency_keys (
  tenant      text COLLATE "C" NOT NULL,
  key         text COLLATE "C" NOT NULL,
  fingerprint text    NOT NULL,
  id          text COLLATE "C" NOT NULL, -- of the run
  owner       text    NOT NULL,
  expires_at  bigint  NOT NULL,          -- Unix seconds
  began       boolean NOT NULL DEFAULT false,
  PRIMARY KEY (tenant, key)
);
CREATE INDEX idempotency_keys_by_run ON idempotency_keys (tenant, id);
CREATE INDEX idempotency_keys_by_expiry ON idempotency_keys (expires_at);

CREATE TABLE secrets (
  name  text COLLATE "C" PRIMARY KEY,
  bytes bytea NOT NULL
);

-- Counting rows costs as much as there are; the sum of these costs the same for ever. Each connection counts in one of
-- them, so that writers hardly ever wait for each other.
CREATE TABLE totals (
  kind  text COLLATE "C" NOT NULL,
  slot  integer NOT NULL,
  count bigint  NOT NULL DEFAULT 0,
  PRIMARY KEY (kind, slot)
) WITH (fillfactor = 50);
INSERT INTO totals (kind, slot)
  SELECT kind, slot FROM unnest('{responses,conversations,chat_completions}'::text[]) AS kind, generate_series(0, 31) AS slot;

CREATE TABLE checks (
  count bigint NOT NULL
);
INSERT INTO checks VALUES (0);
