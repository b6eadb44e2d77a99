-- An operation that must be atomic is a function: one round trip, and locks are held only while the database works. (A
-- transaction of several statements would hold them for as many round trips.) Each statement of a function sees what
-- was committed before it began, so a row read after it was locked is current.
--
-- Locks are always taken in the same order, so there are no deadlocks: a run, then a conversation, then responses from
-- child to parent. A function that hides several responses excludes others that hide (`:hide_responses_lock`).

-- Deferred to the end of the transaction: the rows of totals are locked last and for the shortest time.
CREATE FUNCTION count_rows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  change integer := 1;
BEGIN
  IF TG_OP = 'DELETE' THEN change := -1; END IF;
  IF TG_OP = 'UPDATE' AND NEW.used IS NULL THEN change := -1; END IF;
  UPDATE totals SET count = count + change WHERE kind = TG_TABLE_NAME AND slot = pg_backend_pid() % 32;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER inserted AFTER INSERT ON responses DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.used IS NOT NULL) EXECUTE FUNCTION count_rows();
CREATE CONSTRAINT TRIGGER shown_or_hidden AFTER UPDATE OF used ON responses DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN ((NEW.used IS NULL) <> (OLD.used IS NULL)) EXECUTE FUNCTION count_rows();
CREATE CONSTRAINT TRIGGER counted AFTER INSERT OR DELETE ON conversations DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION count_rows();
CREATE CONSTRAINT TRIGGER counted AFTER INSERT OR DELETE ON chat_completions DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION count_rows();

CREATE FUNCTION delete_conversation_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM conversation_items WHERE conversation_key = OLD.key;
  RETURN NULL;
END $$;
CREATE TRIGGER deleted AFTER DELETE ON conversations FOR EACH ROW EXECUTE FUNCTION delete_conversation_items();

CREATE FUNCTION delete_chat_completion_contents() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM chat_completion_contents WHERE completion_key = OLD.key;
  RETURN NULL;
END $$;
CREATE TRIGGER deleted AFTER DELETE ON chat_completions FOR EACH ROW EXECUTE FUNCTION delete_chat_completion_contents();

CREATE FUNCTION delete_run_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM run_events WHERE run_key = OLD.key;
  DELETE FROM idempotency_keys WHERE tenant = OLD.tenant AND id = OLD.id;
  DELETE FROM run_requests WHERE run_key = OLD.key;
  RETURN NULL;
END $$;
CREATE TRIGGER deleted AFTER DELETE ON runs FOR EACH ROW EXECUTE FUNCTION delete_run_log();

-- Removes the items of a response and moves their bodies to its conversation.
CREATE FUNCTION remove_items(of_response bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE conversation_items AS own SET body = items.body, response_key = NULL, item_position = NULL
    FROM items
    WHERE own.response_key = of_response AND items.response_key = of_response AND items.position = own.item_position;
  DELETE FROM items WHERE response_key = of_response;
END $$;

-- Inserts a response, or replaces the one with the same id. Ids and bodies are sequences of JSON texts. Returns true.
CREATE FUNCTION put_response(
  its_tenant text, its_id text, its_parent text, its_conversation text, its_session text, created bigint, expires bigint,
  input_count integer, item_count integer, item_ids text, bodies text, resource text
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  this bigint;
  parent bigint;
  conversation bigint;
  last_position bigint;
  replaced boolean;
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
    RETURNING r.key, r.xmax <> 0 INTO this, replaced;
  IF replaced THEN PERFORM remove_items(this); END IF;
  INSERT INTO resources VALUES (this, resource) ON CONFLICT (response_key) DO UPDATE SET body = excluded.body;
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

-- Removes a hidden response that no visible one can reach, and its hidden ancestors up to the first that is visible or
-- has another child. Putting a child locks its parent, so this waits for new children.
CREATE FUNCTION purge_response(this bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  parent bigint;
BEGIN
  WHILE this IS NOT NULL LOOP
    PERFORM 1 FROM conversations
      WHERE key = (SELECT conversation_key FROM responses WHERE responses.key = this) FOR UPDATE;
    SELECT parent_key INTO parent FROM responses WHERE key = this AND used IS NULL FOR UPDATE;
    EXIT WHEN NOT FOUND OR EXISTS (SELECT 1 FROM responses WHERE parent_key = this);
    PERFORM remove_items(this);
    DELETE FROM resources WHERE response_key = this;
    DELETE FROM responses WHERE key = this;
    this := parent;
  END LOOP;
END $$;

-- Hides a visible response and removes its run and all unreachable content. Returns false when it was not visible.
CREATE FUNCTION hide_response(this bigint) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM runs USING responses AS r
    WHERE r.key = this AND r.used IS NOT NULL AND runs.tenant = r.tenant AND runs.id = r.id;
  PERFORM 1 FROM conversations
    WHERE key = (SELECT conversation_key FROM responses WHERE responses.key = this) FOR UPDATE;
  UPDATE responses SET used = NULL WHERE key = this AND used IS NOT NULL;
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM purge_response(this);
  RETURN true;
END $$;

CREATE FUNCTION delete_response(its_tenant text, its_id text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(:hide_responses_lock);
  RETURN hide_response(key) FROM responses WHERE tenant = its_tenant AND id = its_id AND used IS NOT NULL;
END $$;

CREATE FUNCTION is_running(its_tenant text, its_id text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM runs WHERE tenant = its_tenant AND id = its_id AND ended_at IS NULL)
$$;

-- Uses the clock of the database, which all servers share. Not a function in SQL, which the planner would inline: after
-- a statement has waited for a row, it must evaluate this again.
CREATE FUNCTION is_alive(name text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM servers WHERE server = name AND expires_at > clock_timestamp());
END $$;

CREATE FUNCTION total(of_kind text) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT sum(count)::bigint FROM totals WHERE kind = of_kind
$$;

-- Hides the least recently used responses over the maximum, except the one named and those that are running. It counts
-- again under the lock, because another connection may have evicted meanwhile.
CREATE FUNCTION evict_responses(maximum bigint, kept_tenant text, kept_id text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  victim bigint;
BEGIN
  IF total('responses') <= maximum THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock(:hide_responses_lock);
  FOR victim IN
    SELECT key FROM responses
    WHERE used IS NOT NULL AND (tenant <> kept_tenant OR id <> kept_id) AND NOT is_running(tenant, id)
    ORDER BY used LIMIT greatest(0, total('responses') - maximum)
  LOOP
    PERFORM hide_response(victim);
  END LOOP;
END $$;

CREATE FUNCTION evict_conversations(maximum bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF total('conversations') <= maximum THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock(:evict_conversations_lock);
  DELETE FROM conversations WHERE key IN (
    SELECT key FROM conversations ORDER BY used LIMIT greatest(0, total('conversations') - maximum)
  );
END $$;

CREATE FUNCTION evict_chat_completions(maximum bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF total('chat_completions') <= maximum THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock(:evict_chat_completions_lock);
  DELETE FROM chat_completions WHERE key IN (
    SELECT key FROM chat_completions ORDER BY used LIMIT greatest(0, total('chat_completions') - maximum)
  );
END $$;

CREATE FUNCTION reap_responses(by_then bigint, at_most integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  due bigint;
  hidden integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(:hide_responses_lock);
  FOR due IN
    SELECT key FROM responses
    WHERE used IS NOT NULL AND expires_at <= by_then AND NOT is_running(tenant, id)
    ORDER BY expires_at LIMIT at_most
  LOOP
    IF hide_response(due) THEN hidden := hidden + 1; END IF;
  END LOOP;
  RETURN hidden;
END $$;
