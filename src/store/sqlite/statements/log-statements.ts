import type { Database, Statement } from 'better-sqlite3';
import type { OwnedRun } from '../../run-store.ts';

interface Keyed {
  key: number;
}

/** The location of the newest events of a run. */
export interface WindowsRow {
  /** The handle whose windows hold them. */
  writer: number;
  /** The first of those windows. */
  window: number;
}

export interface OwnedRow extends Keyed, WindowsRow {
  /** The number of events in rows of its own. */
  events: number;
}

/** The events of one row, without their body. */
interface SizedEventsRow extends Keyed {
  /** The number of the first event. */
  first: number;
  bytes: number;
}

interface NewEventsRow extends Keyed {
  owner: string;
  /** The window that the row of the run names. */
  window: number;
  first: number;
  /** The key of the run; null in rows without a mark. */
  runKey: number | null;
  body: string;
}

interface Walk extends Keyed {
  tail: number | null;
  /** The range of event numbers: from `number` to before `end`. */
  number: number;
  end: number;
}

/** An append in a window. */
interface AppendRow {
  body: string;
  /** The position of the append in the body. */
  position: number;
}

interface NewWindowRow extends Keyed {
  writer: number;
  entries: string;
  body: string;
}

export interface LogStatements {
  dataVersion: Statement<[], number>;
  insert: Statement<OwnedRun & WindowsRow, number>;
  owned: Statement<OwnedRun, OwnedRow>;
  take: Statement<Keyed & WindowsRow>;
  rowsFrom: Statement<Walk, SizedEventsRow>;
  events: Statement<Keyed, string>;
  insertEvents: Statement<NewEventsRow>;
  advance: Statement<Keyed & { events: number; tail: number | bigint }>;
  appends: Statement<OwnedRow, AppendRow>;
  lastWindow: Statement<[], number | null>;
  insertWindow: Statement<NewWindowRow>;
  deleteWindows: Statement<{ writer: number; before: number }>;
  deleteOrphanedWindows: Statement<[]>;
}

/** The distance between marked events. A walk begins at a marked row, a few rows after the wanted ones. */
const markDistance = 64;

/** Whether a row contains a marked event. */
export const isMarked = (first: number, count: number): boolean =>
  Math.ceil(first / markDistance) * markDistance < first + count;

/** Prepares the statements of the logs of runs. */
export function prepareLogStatements(database: Database): LogStatements {
  return { ...prepareRows(database), ...prepareWindows(database) };
}

function prepareRows(database: Database) {
  return {
    insert: database
      .prepare<OwnedRun & WindowsRow, number>(`
      INSERT INTO runs (tenant, id, owner, writer, window) VALUES (@tenant, @id, @owner, @writer, @window)
      RETURNING key`)
      .pluck(),
    owned: database.prepare<OwnedRun, OwnedRow>(`
      SELECT key, events, writer, window FROM runs
      WHERE tenant = @tenant AND id = @id AND owner = @owner AND ended_at IS NULL`),
    take: database.prepare<Keyed & WindowsRow>('UPDATE runs SET writer = @writer, window = @window WHERE key = @key'),
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
    /** The fence: inserts only for the owner of a running run, after its last row. */
    insertEvents: database.prepare<NewEventsRow>(`
      INSERT INTO run_events (previous, first, run_key, body)
      SELECT tail, events, @runKey, @body FROM runs
      WHERE key = @key AND owner = @owner AND window = @window AND events = @first AND ended_at IS NULL`),
    advance: database.prepare<Keyed & { events: number; tail: number | bigint }>(
      'UPDATE runs SET events = @events, tail = @tail WHERE key = @key',
    ),
  };
}

function prepareWindows(database: Database) {
  return {
    /** Changes with each commit of another connection. */
    dataVersion: database.prepare<[], number>('PRAGMA data_version').pluck(),
    /** `instr` finds the windows that name the run without parsing the others. */
    appends: database.prepare<OwnedRow, AppendRow>(`
      SELECT body, entry.key AS position FROM run_windows, json_each(entries) AS entry
      WHERE run_windows.key >= @window AND writer = @writer
        AND instr(entries, '[' || CAST(@key AS INTEGER) || ',') > 0
        AND entry.value ->> 0 = @key AND entry.value ->> 1 >= @events
      ORDER BY run_windows.key, entry.key`),
    lastWindow: database.prepare<[], number | null>('SELECT max(key) FROM run_windows').pluck(),
    insertWindow: database.prepare<NewWindowRow>('INSERT INTO run_windows VALUES (@key, @writer, @entries, @body)'),
    deleteWindows: database.prepare<{ writer: number; before: number }>(
      'DELETE FROM run_windows WHERE key < @before AND writer = @writer',
    ),
    /** Deletes the windows of handles that write no running run, such as those of dead servers. */
    deleteOrphanedWindows: database.prepare<[]>(`
      DELETE FROM run_windows WHERE writer NOT IN (
        SELECT writer FROM runs INDEXED BY runs_running WHERE ended_at IS NULL
      )`),
  };
}
