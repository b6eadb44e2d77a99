import type { Database, Statement } from 'better-sqlite3';
import { itemsOf } from './items-of.ts';

export interface MeasuredRow {
  id: string;
  /** Bytes of all JSON that belongs to the row. */
  bytes: number;
}

/** Selects the rows of one kind of a tenant after an id, ordered by id. */
type Measure = Statement<{ tenant: string; after: string }, MeasuredRow>;

/** Prepares the statements that measure a tenant's data, one per kind. `octet_length` of a column reads no body. */
export function prepareStorage(database: Database): Measure[] {
  const prepare = (table: string, bytes: string): Measure =>
    database.prepare(`
      SELECT id, ${bytes} AS bytes FROM ${table} AS own WHERE tenant = @tenant AND id > @after ORDER BY id`);
  // Events that are only in windows. A window has those of all tenants.
  const windows: Measure = database.prepare(`
    SELECT CAST(own.key AS TEXT) AS id, (
      SELECT total(entry.value ->> 2) FROM json_each(own.entries) AS entry JOIN runs ON runs.key = entry.value ->> 0
      WHERE runs.tenant = @tenant AND runs.ended_at IS NULL
        AND runs.writer = own.writer AND runs.window <= own.key AND runs.events <= entry.value ->> 1
    ) AS bytes
    FROM run_windows AS own WHERE key > CAST(@after AS INTEGER) ORDER BY key`);
  return [
    windows,
    prepare(
      'responses',
      `(SELECT total(octet_length(body)) FROM items WHERE ${itemsOf('own.key')})
       + (
         SELECT total(octet_length(body) + ifnull(octet_length(system) + octet_length(messages), 0))
         FROM resources WHERE response_key = own.key
       )`,
    ),
    prepare(
      'conversations',
      `octet_length(metadata) + (
         SELECT total(octet_length(body)) FROM conversation_items AS item
         WHERE item.key BETWEEN own.key << 32 AND own.key << 32 | 0xFFFFFFFF
       )`,
    ),
    prepare(
      'chat_completions',
      `octet_length(metadata) + (
         SELECT total(octet_length(resource) + octet_length(messages)) FROM chat_completion_contents
         WHERE completion_key = own.key
       )`,
    ),
    prepare(
      'runs',
      `(SELECT total(octet_length(body)) FROM run_requests WHERE run_key = own.key)
       + (SELECT total(octet_length(body)) FROM run_steps WHERE run_key = own.key) + (
         WITH RECURSIVE log (key, previous) AS (
           SELECT key, previous FROM run_events WHERE key = own.tail
           UNION ALL
           SELECT before.key, before.previous FROM log JOIN run_events AS before ON before.key = log.previous
         )
         SELECT total(octet_length(body)) FROM log JOIN run_events USING (key)
       )`,
    ),
    prepare('approvals', "octet_length(coalesce(state, '')) + octet_length(coalesce(reason, ''))"),
  ];
}
