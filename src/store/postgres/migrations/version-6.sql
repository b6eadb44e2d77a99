-- The messages of turns as text, for later turns to send as they are. A response has a row only if it begins its chain or
-- its parent has one. Servers of version 5 neither write nor read any.
CREATE TABLE fragments (
  response_key bigint PRIMARY KEY REFERENCES responses (key) ON DELETE CASCADE,
  chain_items  bigint NOT NULL, -- items of the response and its ancestors
  chain_bytes  bigint NOT NULL, -- of the JSON of these items
  open_calls   text   NOT NULL, -- JSON: the ids of the calls at its end
  system       text   NOT NULL, -- JSON strings separated by commas
  messages     text   NOT NULL  -- JSON texts separated by commas
);

-- Puts a response with its fragment, or without one. Returns true.
CREATE FUNCTION put_response(
  its_tenant text, its_id text, its_parent text, its_conversation text, its_session text, created bigint, expires bigint,
  input_count integer, item_count integer, item_ids text, bodies text, resource text,
  its_open_calls text, its_system text, its_messages text
) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM put_response(
    its_tenant, its_id, its_parent, its_conversation, its_session, created, expires,
    input_count, item_count, item_ids, bodies, resource
  );
  DELETE FROM fragments USING responses AS r WHERE r.tenant = its_tenant AND r.id = its_id AND response_key = r.key;
  IF its_messages IS NULL THEN RETURN true; END IF;
  INSERT INTO fragments
    SELECT r.key, coalesce(parent.chain_items, 0) + item_count,
           coalesce(parent.chain_bytes, 0) + octet_length(bodies) - greatest(item_count - 1, 0), -- without the separators
           its_open_calls, its_system, its_messages
    FROM responses AS r LEFT JOIN fragments AS parent ON parent.response_key = r.parent_key
    WHERE r.tenant = its_tenant AND r.id = its_id
      AND (parent.response_key IS NOT NULL OR (r.parent_key IS NULL AND its_parent IS NULL));
  RETURN true;
END $$;
