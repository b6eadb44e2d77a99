-- The fragment of a response: its messages as text, for later turns to send as they are. Null without a fragment. A
-- response has one only if it begins its chain or its parent has one. Servers of version 5 neither write nor read any.
ALTER TABLE resources
  ADD COLUMN chain_items bigint, -- items of the response and its ancestors
  ADD COLUMN chain_bytes bigint, -- of the JSON of these items
  ADD COLUMN open_calls  text,   -- JSON: the ids of the calls at its end
  ADD COLUMN system      text,   -- JSON strings separated by commas
  ADD COLUMN messages    text;   -- JSON texts separated by commas

-- Inserts a response, or replaces the one with the same id. Ids and bodies are sequences of JSON texts. A fragment is
-- put only if the response begins its chain or its parent has one. Returns true.
CREATE FUNCTION put_response(
  its_tenant text, its_id text, its_parent text, its_conversation text, its_session text, created bigint, expires bigint,
  input_count integer, item_count integer, item_ids text, bodies text, resource text,
  its_open_calls text, its_system text, its_messages text
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  this bigint;
  parent bigint;
  conversation bigint;
  last_position bigint;
  replaced boolean;
  past_items bigint := 0;
  past_bytes bigint := 0;
BEGIN
  SELECT r.key, c.key INTO this, conversation
    FROM responses AS r LEFT JOIN conversations AS c ON c.key = r.conversation_key
    WHERE r.tenant = its_tenant AND r.id = its_id;
  IF conversation IS NOT NULL THEN
    SELECT key INTO conversation FROM conversations WHERE key = conversation FOR UPDATE;
  END IF;
  IF conversation IS NULL AND its_conversation IS NOT NULL THEN
    UPDATE conversations
      SET used = nextval('uses'), next_position = next_position + item_count,
          expires_at = CASE WHEN expires_at IS NULL THEN NULL ELSE greatest(expires_at, expires) END
      WHERE tenant = its_tenant AND id = its_conversation
      RETURNING key, next_position - item_count - 1 INTO conversation, last_position;
  END IF;
  -- A replacement keeps its parent. The lock waits for a purge of the parent, which then is not found.
  IF this IS NULL AND its_parent IS NOT NULL THEN
    SELECT key INTO parent FROM responses WHERE tenant = its_tenant AND id = its_parent FOR KEY SHARE;
  END IF;
  INSERT INTO responses AS r
    (tenant, id, parent_key, conversation_key, session_id, created_at, expires_at, used, inputs)
    VALUES (its_tenant, its_id, parent, conversation, its_session, created, expires, nextval('uses'), input_count)
    ON CONFLICT (tenant, id) DO UPDATE
      SET conversation_key = excluded.conversation_key, session_id = excluded.session_id,
          created_at = excluded.created_at, expires_at = excluded.expires_at, used = excluded.used,
          inputs = excluded.inputs
    RETURNING r.key, r.parent_key, r.xmax <> 0 INTO this, parent, replaced;
  IF replaced THEN PERFORM remove_items(this); END IF;
  IF parent IS NOT NULL OR its_parent IS NOT NULL THEN
    SELECT chain_items, chain_bytes INTO past_items, past_bytes FROM resources WHERE response_key = parent;
  END IF;
  IF past_items IS NULL OR its_messages IS NULL THEN
    past_items := NULL; past_bytes := NULL; its_open_calls := NULL; its_system := NULL; its_messages := NULL;
  END IF;
  -- The separators of the bodies are not counted.
  INSERT INTO resources (response_key, body, chain_items, chain_bytes, open_calls, system, messages)
    VALUES (
      this, resource, past_items + item_count, past_bytes + octet_length(bodies) - greatest(item_count - 1, 0),
      its_open_calls, its_system, its_messages
    )
    ON CONFLICT (response_key) DO UPDATE
      SET body = excluded.body, chain_items = excluded.chain_items, chain_bytes = excluded.chain_bytes,
          open_calls = excluded.open_calls, system = excluded.system, messages = excluded.messages;
  INSERT INTO items (response_key, position, tenant, id, body)
    SELECT this, item.position, its_tenant, item.id, item.body
    FROM unnest(string_to_array(item_ids, E'\x1e'), string_to_array(bodies, E'\x1e'))
      WITH ORDINALITY AS item (id, body, position);
  IF last_position IS NOT NULL THEN
    INSERT INTO conversation_items (conversation_key, position, tenant, id, response_key, item_position)
      SELECT conversation, last_position + item.position, its_tenant, item.id, this, item.position
      FROM unnest(string_to_array(item_ids, E'\x1e')) WITH ORDINALITY AS item (id, position);
  END IF;
  RETURN true;
END $$;

-- For servers of version 5.
CREATE OR REPLACE FUNCTION put_response(
  its_tenant text, its_id text, its_parent text, its_conversation text, its_session text, created bigint, expires bigint,
  input_count integer, item_count integer, item_ids text, bodies text, resource text
) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  RETURN put_response(
    its_tenant, its_id, its_parent, its_conversation, its_session, created, expires,
    input_count, item_count, item_ids, bodies, resource, NULL, NULL, NULL
  );
END $$;
