-- JSON is text, not jsonb: it is returned byte for byte and may contain \u0000. Item ids are stored as JSON for the
-- same reason. Texts are compared for equality and order only, so every index uses the collation "C".

CREATE SEQUENCE uses; -- positions in the order of use

CREATE TABLE conversations (
  key           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant        text COLLATE "C" NOT NULL,
  id            text COLLATE "C" NOT NULL,
  session_id    text   NOT NULL,
  created_at    bigint NOT NULL, -- Unix seconds
  expires_at    bigint,          -- Unix seconds
  used          bigint NOT NULL DEFAULT nextval('uses'),
  next_position bigint NOT NULL, -- of its next item; an append locks the row, so its items stay adjacent
  metadata      text   NOT NULL, -- JSON
  UNIQUE (tenant, id)
);
CREATE INDEX conversations_by_use ON conversations (used);
CREATE INDEX conversations_by_expiry ON conversations (expires_at) WHERE expires_at IS NOT NULL;

-- Narrow on purpose: walking a chain and updating the order of use touch these rows only.
CREATE TABLE responses (
  key              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant           text COLLATE "C" NOT NULL,
  id               text COLLATE "C" NOT NULL,
  parent_key       bigint REFERENCES responses (key),
  conversation_key bigint,          -- may name a deleted row: keys are never reused
  session_id       text    NOT NULL,
  created_at       bigint  NOT NULL, -- Unix seconds
  expires_at       bigint,          -- Unix seconds
  used             bigint,          -- position in the order of use; NULL: hidden, needed by descendants
  inputs           integer NOT NULL, -- how many of its items are input; they come first
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

-- While a response exists, its items hold the bodies: a turn adds one narrow row per item to its conversation.
CREATE TABLE conversation_items (
  conversation_key bigint NOT NULL,
  position         bigint NOT NULL, -- from 1
  tenant           text COLLATE "C" NOT NULL,
  id               text COLLATE "C" NOT NULL,
  response_key     bigint,          -- the item with the body
  item_position    integer,
  body             text,            -- JSON, when no item has it
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
  pairs      text[] NOT NULL, -- the pairs of the metadata as JSON, for the filters of lists
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

-- Each append rewrites the row: it has no large columns, and pages keep space for the new version.
CREATE TABLE runs (
  key        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant     text COLLATE "C" NOT NULL,
  id         text COLLATE "C" NOT NULL,
  owner      text COLLATE "C" NOT NULL,
  events     bigint  NOT NULL,               -- how many were appended to its log
  cancelled  boolean NOT NULL DEFAULT false, -- whether its cancellation was requested
  ended_at   bigint,                         -- Unix seconds; NULL: running
  has_log    boolean NOT NULL DEFAULT true,
  taking     text COLLATE "C",               -- the recovery that assigned it to its owner; unused since version 2
  UNIQUE (tenant, id)
) WITH (fillfactor = 50);
CREATE INDEX runs_running ON runs (owner) WHERE ended_at IS NULL;
CREATE INDEX runs_by_end ON runs (ended_at) WHERE ended_at IS NOT NULL AND has_log;

CREATE TABLE run_requests (
  run_key bigint PRIMARY KEY,
  body    text NOT NULL -- JSON
);

-- One row per append.
CREATE TABLE run_events (
  run_key bigint  NOT NULL,
  first   bigint  NOT NULL, -- the number of its first event
  count   integer NOT NULL,
  bodies  text    NOT NULL, -- JSON texts separated by U+001E
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

-- Summing these rows costs the same at any size; counting the rows of a table does not. Each connection updates one
-- slot, so writers rarely wait for each other.
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
