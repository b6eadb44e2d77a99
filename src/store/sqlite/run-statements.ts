import type { Database, Statement } from 'better-sqlite3';
import type { OwnedRun, RunId } from '../run-store.ts';
import { isAlive } from './lease-statements.ts';

interface Keyed {
  key: number;
}

interface Identified {
  tenant: string;
  id: string;
}

export interface RunRow extends Keyed {
  /** Unix seconds; null: it runs. */
  endedAt: number | null;
  expired: 0 | 1;
}

export interface TakenRow extends Keyed {
  tenant: string;
  id: RunId;
}

/** The events of one append. */
export interface EventsRow {
  /** The number of the last of them. */
  last: number;
  body: string;
}

interface Events {
  count: number;
  body: string;
}

export interface RunStatements {
  find: Statement<Identified, RunRow>;
  eventsFrom: Statement<Keyed & { number: number }, EventsRow>;
  cancelled: Statement<{ owner: string }, OwnedRun>;
  request: Statement<Keyed, string>;
  insert: Statement<OwnedRun, number>;
  insertRequest: Statement<Keyed & { body: string }>;
  owns: Statement<OwnedRun, 1>;
  append: Statement<OwnedRun & Events>;
  end: Statement<OwnedRun & { endedAt: number }, number>;
  deleteRequest: Statement<Keyed>;
  cancel: Statement<Identified>;
  takeLost: Statement<{ owner: string; limit: number; now: number }, TakenRow>;
  expire: Statement<{ logsBefore: number; limit: number }, number>;
  deleteEvents: Statement<Keyed>;
  deleteWithoutResponse: Statement<Keyed>;
}

/** The last number that a key of `run_events` has room for; never reached. */
export const endNumber = 0xffffff;

const eventsOf = (key: string) => `events.key BETWEEN ${key} << 24 AND ${key} << 24 | ${endNumber}`;

/** Every statement of the run store, prepared once. */
export function prepareRunStatements(database: Database): RunStatements {
  return { ...prepareReads(database), ...prepareWrites(database), ...prepareReap(database) };
}

function prepareReads(database: Database) {
  return {
    find: database.prepare<Identified, RunRow>(`
      SELECT key, ended_at AS endedAt, expired FROM runs WHERE tenant = @tenant AND id = @id`),
    eventsFrom: database.prepare<Keyed & { number: number }, EventsRow>(`
      SELECT key & ${endNumber} AS last, body FROM run_events
      WHERE key BETWEEN @key << 24 | @number AND @key << 24 | ${endNumber} ORDER BY key`),
    cancelled: database.prepare<{ owner: string }, OwnedRun>(`
      SELECT tenant, id, owner FROM runs WHERE owner = @owner AND cancelled = 1 ORDER BY key`),
    request: database.prepare<Keyed, string>('SELECT body FROM run_requests WHERE run_key = @key').pluck(),
  };
}

const owned = 'tenant = @tenant AND id = @id AND owner = @owner AND ended_at IS NULL';

function prepareWrites(database: Database) {
  return {
    owns: database.prepare<OwnedRun, 1>(`SELECT 1 FROM runs WHERE ${owned}`).pluck(),
    insert: database
      .prepare<OwnedRun, number>('INSERT INTO runs (tenant, id, owner) VALUES (@tenant, @id, @owner) RETURNING key')
      .pluck(),
    insertRequest: database.prepare<Keyed & { body: string }>('INSERT INTO run_requests VALUES (@key, @body)'),

    /** The fence is in the statement: it writes nothing for whoever does not own the running run. */
    append: database.prepare<OwnedRun & Events>(`
      INSERT INTO run_events
      SELECT coalesce((SELECT max(key) FROM run_events AS events WHERE ${eventsOf('runs.key')}), (runs.key << 24) - 1)
             + @count, @body
      FROM runs WHERE ${owned}`),
    end: database
      .prepare<OwnedRun & { endedAt: number }, number>(`
      UPDATE runs SET ended_at = @endedAt, cancelled = 0
      WHERE ${owned} RETURNING key`)
      .pluck(),
    deleteRequest: database.prepare<Keyed>('DELETE FROM run_requests WHERE run_key = @key'),
    cancel: database.prepare<Identified>(`
      UPDATE runs SET cancelled = 1 WHERE tenant = @tenant AND id = @id AND ended_at IS NULL`),
    takeLost: database.prepare<{ owner: string; limit: number; now: number }, TakenRow>(`
      UPDATE runs SET owner = @owner WHERE key IN (
        SELECT key FROM runs INDEXED BY runs_running
        WHERE ended_at IS NULL AND owner <> @owner AND NOT ${isAlive('runs.owner')}
        ORDER BY key LIMIT @limit
      )
      RETURNING key, tenant, id`),
  };
}

/** Is there a visible response of this run? */
const isStored = `EXISTS (
    SELECT 1 FROM responses AS r WHERE r.tenant = runs.tenant AND r.id = runs.id AND r.used IS NOT NULL)`;

/** Does an idempotency key name this run? */
const isNamed = `EXISTS (
    SELECT 1 FROM idempotency_keys AS k WHERE k.tenant = runs.tenant AND k.run_id = runs.id)`;

function prepareReap(database: Database) {
  return {
    expire: database
      .prepare<{ logsBefore: number; limit: number }, number>(`
      UPDATE runs SET expired = 1 WHERE key IN (
        SELECT key FROM runs
        WHERE ended_at < @logsBefore AND expired = 0 AND (${isStored} OR NOT ${isNamed})
        ORDER BY ended_at LIMIT @limit
      )
      RETURNING key`)
      .pluck(),
    deleteEvents: database.prepare<Keyed>(`DELETE FROM run_events AS events WHERE ${eventsOf('@key')}`),
    deleteWithoutResponse: database.prepare<Keyed>(`
      DELETE FROM runs WHERE key = @key AND NOT ${isStored}`),
  };
}
