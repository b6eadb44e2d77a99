import type { Database, Statement } from 'better-sqlite3';
import type { OwnedRun, RunId, RunInput, StoredStep, TakenInput } from '../../run-store.ts';
import { isAlive } from './lease-statements.ts';
import type { OwnedRow } from './log-statements.ts';

interface Keyed {
  key: number;
}

interface Identified {
  tenant: string;
  id: string;
}

export interface RunRow extends OwnedRow {
  /** The key of the last row of its own; null: none. */
  tail: number | null;
  /** Unix seconds; null: running. */
  endedAt: number | null;
  expired: 0 | 1;
}

export interface TakenRow extends OwnedRow {
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

export interface RunStatements {
  find: Statement<Identified, RunRow>;
  /** Each row has the steps of one append. */
  steps: Statement<Identified, StoredStep>;
  cancelled: Statement<{ owner: string }, OwnedRun>;
  inputs: Statement<{ owner: string }, TakenInput & Keyed>;
  request: Statement<Keyed, string>;
  beginReserved: Statement<Identified>;
  insertRequest: Statement<Keyed & { body: string }>;
  insertSteps: Statement<Keyed & { body: string }>;
  end: Statement<Keyed & { endedAt: number }>;
  deleteRequest: Statement<Keyed>;
  cancel: Statement<Identified>;
  addInput: Statement<RunInput & { tenant: string; runId: string }>;
  deleteInput: Statement<Keyed>;
  takeOrphans: Statement<Taking, TakenRow>;
  resetAttempts: Statement<Keyed>;
  setAttempts: Statement<OwnedRun & { attempts: number }>;
  expire: Statement<{ logsBefore: number; limit: number }, number>;
  deleteWithoutResponse: Statement<Keyed>;
}

/** Prepares the statements of the run store. */
export function prepareRunStatements(database: Database): RunStatements {
  return { ...prepareReads(database), ...prepareWrites(database), ...prepareReap(database) };
}

function prepareReads(database: Database) {
  return {
    find: database.prepare<Identified, RunRow>(`
      SELECT key, ended_at AS endedAt, expired, events, tail, writer, window FROM runs WHERE tenant = @tenant AND id = @id`),
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
    /** Changes nothing when no idempotency key names the run. */
    beginReserved: database.prepare<Identified>(`
      UPDATE idempotency_keys SET began = 1 WHERE tenant = @tenant AND run_id = @id`),
    insertRequest: database.prepare<Keyed & { body: string }>('INSERT INTO run_requests VALUES (@key, @body)'),
    /** Runs after the row of the events that the steps explain. */
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
      RETURNING key, tenant, id, attempts, events, writer, window`),
    resetAttempts: database.prepare<Keyed>('UPDATE runs SET attempts = 1 WHERE key = @key'),
    setAttempts: database.prepare<OwnedRun & { attempts: number }>(`
      UPDATE runs SET attempts = @attempts
      WHERE tenant = @tenant AND id = @id AND owner = @owner AND ended_at IS NULL`),
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
