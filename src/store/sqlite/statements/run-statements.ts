import type { Database, Statement } from 'better-sqlite3';
import type { OwnedRun, RunId, RunInput, StoredStep, TakenInput } from '../../run-store.ts';
import { isAlive } from './lease-statements.ts';

interface Keyed {
  key: number;
}

interface Identified {
  tenant: string;
  id: string;
}

/** The end of a log. */
export interface LogEnds {
  /** The number of its events. */
  events: number;
  /** The key of its last row; null: empty. */
  tail: number | null;
}

export interface OwnedRow extends Keyed, LogEnds {}

export interface RunRow extends Keyed, LogEnds {
  /** Unix seconds; null: running. */
  endedAt: number | null;
  expired: 0 | 1;
}

export interface TakenRow extends Keyed {
  tenant: string;
  id: RunId;
  attempts: number;
}

interface Taking {
  owner: string;
  limit: number;
  /** A JSON array of the ids that the owner executes. */
  driven: string;
  /** Unix milliseconds. */
  now: number;
}

/** The events of one append. */
export interface EventsRow {
  /** The number of the first event. */
  first: number;
  body: string;
}

/** The events of one append, without their body. */
interface SizedEventsRow extends Keyed, Pick<EventsRow, 'first'> {
  bytes: number;
}

export interface NewEventsRow extends EventsRow {
  previous: number | null;
  /** The key of the run; null in rows without a mark. */
  runKey: number | null;
}

interface Walk extends Keyed {
  tail: number | null;
  /** The range of event numbers: from `number` to before `end`. */
  number: number;
  end: number;
}

export interface RunStatements {
  find: Statement<Identified, RunRow>;
  rowsFrom: Statement<Walk, SizedEventsRow>;
  events: Statement<Keyed, string>;
  /** Each row has the steps of one append. */
  steps: Statement<Identified, StoredStep>;
  cancelled: Statement<{ owner: string }, OwnedRun>;
  inputs: Statement<{ owner: string }, TakenInput & Keyed>;
  request: Statement<Keyed, string>;
  beginReserved: Statement<Identified>;
  insert: Statement<OwnedRun, number>;
  insertRequest: Statement<Keyed & { body: string }>;
  owned: Statement<OwnedRun, OwnedRow>;
  insertEvents: Statement<NewEventsRow>;
  advance: Statement<Keyed & LogEnds>;
  insertSteps: Statement<Keyed & { body: string }>;
  end: Statement<Keyed & { endedAt: number }>;
  deleteRequest: Statement<Keyed>;
  cancel: Statement<Identified>;
  addInput: Statement<RunInput & { tenant: string; runId: string }>;
  deleteInput: Statement<Keyed>;
  takeOrphans: Statement<Taking, TakenRow>;
  setAttempts: Statement<Keyed & { attempts: number }>;
  expire: Statement<{ logsBefore: number; limit: number }, number>;
  deleteWithoutResponse: Statement<Keyed>;
}

/** The distance between marked events. A walk begins at a marked row, a few rows after the wanted ones. */
const markDistance = 64;

/** Whether a row contains a marked event. */
export const isMarked = (first: number, count: number): boolean =>
  Math.ceil(first / markDistance) * markDistance < first + count;

/** Prepares the statements of the run store. */
export function prepareRunStatements(database: Database): RunStatements {
  return { ...prepareReads(database), ...prepareWrites(database), ...prepareReap(database) };
}

function prepareReads(database: Database) {
  return {
    find: database.prepare<Identified, RunRow>(`
      SELECT key, ended_at AS endedAt, expired, events, tail FROM runs WHERE tenant = @tenant AND id = @id`),
    /** Walks back from the nearest mark after the wanted events, or from the end. */
    rowsFrom: database.prepare<Walk, SizedEventsRow>(`
      WITH RECURSIVE chain (key, previous, first, bytes) AS (
        SELECT key, previous, first, octet_length(body) FROM run_events WHERE key = coalesce(
          (SELECT key FROM run_events WHERE run_key = @key AND first >= @end ORDER BY first LIMIT 1), @tail)
        UNION ALL
        SELECT before.key, before.previous, before.first, octet_length(before.body)
        FROM chain JOIN run_events AS before ON before.key = chain.previous WHERE chain.first > @number
      )
      SELECT key, first, bytes FROM chain`),
    events: database.prepare<Keyed, string>('SELECT body FROM run_events WHERE key = @key').pluck(),
    steps: database.prepare<Identified, StoredStep>(`
      SELECT own.body, own.events FROM runs JOIN run_steps AS own ON own.run_key = runs.key
      WHERE runs.tenant = @tenant AND runs.id = @id ORDER BY own.key`),
    cancelled: database.prepare<{ owner: string }, OwnedRun>(`
      SELECT tenant, id, owner FROM runs WHERE owner = @owner AND cancelled = 1 ORDER BY key`),
    inputs: database.prepare<{ owner: string }, TakenInput & Keyed>(`
      SELECT own.key, own.id, own.input, runs.id AS runId FROM run_inputs AS own JOIN runs ON runs.key = own.run_key
      WHERE runs.owner = @owner AND runs.ended_at IS NULL ORDER BY own.key`),
    request: database.prepare<Keyed, string>('SELECT body FROM run_requests WHERE run_key = @key').pluck(),
  };
}

function prepareWrites(database: Database) {
  return {
    /** The fence: returns the key for writing only to the owner of a running run. */
    owned: database.prepare<OwnedRun, OwnedRow>(`
      SELECT key, events, tail FROM runs WHERE tenant = @tenant AND id = @id AND owner = @owner AND ended_at IS NULL`),
    /** Changes nothing when no idempotency key names the run. */
    beginReserved: database.prepare<Identified>(`
      UPDATE idempotency_keys SET began = 1 WHERE tenant = @tenant AND run_id = @id`),
    insert: database
      .prepare<OwnedRun, number>('INSERT INTO runs (tenant, id, owner) VALUES (@tenant, @id, @owner) RETURNING key')
      .pluck(),
    insertRequest: database.prepare<Keyed & { body: string }>('INSERT INTO run_requests VALUES (@key, @body)'),

    insertEvents: database.prepare<NewEventsRow>(`
      INSERT INTO run_events (previous, first, run_key, body) VALUES (@previous, @first, @runKey, @body)`),
    advance: database.prepare<Keyed & LogEnds>('UPDATE runs SET events = @events, tail = @tail WHERE key = @key'),
    /** Runs after `advance`. */
    insertSteps: database.prepare<Keyed & { body: string }>(`
      INSERT INTO run_steps (run_key, events, body) SELECT key, events, @body FROM runs WHERE key = @key`),
    end: database.prepare<Keyed & { endedAt: number }>(`
      UPDATE runs SET ended_at = @endedAt, cancelled = 0 WHERE key = @key`),
    deleteRequest: database.prepare<Keyed>('DELETE FROM run_requests WHERE run_key = @key'),
    cancel: database.prepare<Identified>(`
      UPDATE runs SET cancelled = 1 WHERE tenant = @tenant AND id = @id AND ended_at IS NULL`),
    addInput: database.prepare<RunInput & { tenant: string; runId: string }>(`
      INSERT INTO run_inputs (run_key, id, input)
      SELECT key, @id, @input FROM runs WHERE tenant = @tenant AND id = @runId AND ended_at IS NULL`),
    deleteInput: database.prepare<Keyed>('DELETE FROM run_inputs WHERE key = @key'),
    takeOrphans: database.prepare<Taking, TakenRow>(`
      UPDATE runs SET owner = @owner WHERE key IN (
        SELECT key FROM runs INDEXED BY runs_running
        WHERE ended_at IS NULL AND (owner = @owner OR NOT ${isAlive('runs.owner')})
          AND id NOT IN (SELECT value FROM json_each(@driven))
        ORDER BY key LIMIT @limit
      )
      RETURNING key, tenant, id, attempts`),
    setAttempts: database.prepare<Keyed & { attempts: number }>(`
      UPDATE runs SET attempts = @attempts WHERE key = @key`),
  };
}

/** SQL: whether the run has a visible response. */
const isStored = `EXISTS (
    SELECT 1 FROM responses AS r WHERE r.tenant = runs.tenant AND r.id = runs.id AND r.used IS NOT NULL)`;

/** SQL: whether an idempotency key names the run. */
const isNamed = `EXISTS (
    SELECT 1 FROM idempotency_keys AS k WHERE k.tenant = runs.tenant AND k.run_id = runs.id)`;

function prepareReap(database: Database) {
  return {
    expire: database
      .prepare<{ logsBefore: number; limit: number }, number>(`
      UPDATE runs SET expired = 1, tail = NULL WHERE key IN (
        SELECT key FROM runs
        WHERE ended_at < @logsBefore AND expired = 0 AND (${isStored} OR NOT ${isNamed})
        ORDER BY ended_at LIMIT @limit
      )
      RETURNING key`)
      .pluck(),
    deleteWithoutResponse: database.prepare<Keyed>(`
      DELETE FROM runs WHERE key = @key AND NOT ${isStored}`),
  };
}
