import type { Database } from 'better-sqlite3';
import { limits } from '../../../config/limits.ts';
import type { LogPage, LogRequest, OwnedRun } from '../../run-store.ts';
import { toKey } from '../../shared/to-key.ts';
import type { Connection } from '../connection/connection.ts';
import { isMarked, type LogStatements, type OwnedRow, prepareLogStatements } from '../statements/log-statements.ts';
import type { RunRow } from '../statements/run-statements.ts';
import { LogWindows } from './log-windows.ts';
import { OpenLog } from './open-log.ts';
import { readEvents } from './read-events.ts';
import { separator } from './separators.ts';

/**
 * The logs of runs. The events that all runs append in one commit share a row, the window. Up to `limits.logRowEvents`
 * events of a run later get a row of its own, or at once with steps and at the end; then their windows are deleted.
 *
 * A run is written by the handle that its row names. The owner is checked again after each commit of another
 * connection.
 */
export class RunLogs {
  readonly #connection: Connection;
  readonly #statements: LogStatements;
  readonly #windows: LogWindows;
  readonly #open = new Map<string, OpenLog>();
  /** The logs with events that are only in windows, those with the oldest window first. */
  readonly #windowed = new Set<OpenLog>();
  #dataVersion: number | undefined;
  #check = 0;

  constructor(database: Database, connection: Connection) {
    this.#connection = connection;
    this.#statements = prepareLogStatements(database);
    this.#windows = new LogWindows(this.#statements);
  }

  /** Identifies this handle. */
  get writer(): number {
    return this.#windows.writer;
  }

  /** Runs writes in one transaction. Their appends share a window. */
  commit<Result>(write: () => Result): Result {
    let isBegun = false;
    try {
      return this.#connection.write(() => {
        isBegun = true;
        this.#noticeOthers();
        const result = write();
        this.#writeWindow();
        return result;
      });
    } catch (reason) {
      if (isBegun) this.#restart();
      throw reason;
    }
  }

  /** Checks the owners of all runs again before their next appends, because running runs have changed. */
  recheck(): void {
    this.#check++;
  }

  /** Begins a run. Requires `commit`. */
  begin(run: OwnedRun): OpenLog {
    const windows = this.#windows.next;
    const key = this.#statements.insert.get({ ...run, ...windows });
    if (key === undefined) throw new Error('An insert returned no key.');
    return this.#openLog(run, { key, start: windows.window, events: 0 });
  }

  /** Returns the log for appending, only to the owner of a running run. Requires `commit`. */
  find(run: OwnedRun): OpenLog | undefined {
    const log = this.#open.get(toKey(run.tenant, run.id));
    return log?.owner === run.owner && log.check === this.#check ? log : this.#findAgain(run, log);
  }

  /** Appends events. Returns `false` when the run has been lost. Requires `commit`. */
  append(log: OpenLog, events: readonly string[]): boolean {
    if (events.length === 0) return true;
    const first = log.count;
    const append = log.add(events);
    if (log.isFull) return this.#writeRow(log);
    const window = this.#windows.add(log.key, first, append);
    if (this.#windowed.has(log)) return true;
    log.window = window;
    this.#windowed.add(log);
    return true;
  }

  /** Appends events, and writes all that are only in windows to a row. Returns and requires the same as `append`. */
  appendRow(log: OpenLog, events: readonly string[]): boolean {
    log.add(events);
    return this.#writeRow(log);
  }

  /**
   * Continues the log of a run that this handle or this owner did not write before. Its events get a row at once,
   * because the former handle may now delete its windows. Requires `commit`.
   */
  take(run: OwnedRun, row: OwnedRow): OpenLog {
    const windows = this.#windows.next;
    const { key, events } = row;
    const log = this.#openLog(run, { key, start: windows.window, events });
    this.#statements.take.run({ key, ...windows });
    this.appendRow(log, this.#windows.read(row));
    return log;
  }

  /** Forgets a run that has ended. */
  close(log: OpenLog): void {
    this.#windowed.delete(log);
    this.#open.delete(log.name);
  }

  /** Reads a page of a log. */
  read(run: Pick<OwnedRun, 'tenant' | 'id'>, row: RunRow, request: LogRequest): Pick<LogPage, 'events' | 'isCut'> {
    const log = this.#open.get(toKey(run.tenant, run.id));
    const isOpen = row.writer === this.writer && log?.key === row.key;
    const newest = isOpen ? log.newest : row.endedAt === null ? this.#windows.read(row) : [];
    return readEvents(this.#statements, { ...row, newest }, request);
  }

  /** Deletes the windows that dead servers have left. */
  reap(): void {
    this.#connection.write(() => this.#statements.deleteOrphanedWindows.run());
  }

  /** Continues as a new handle: after a transaction that was rolled back, only the file is certain. */
  #restart(): void {
    this.#open.clear();
    this.#windowed.clear();
    this.#windows.restart();
  }

  #noticeOthers(): void {
    const version = this.#statements.dataVersion.get();
    if (version !== this.#dataVersion) this.recheck();
    this.#dataVersion = version;
  }

  #findAgain(run: OwnedRun, log: OpenLog | undefined): OpenLog | undefined {
    const row = this.#statements.owned.get(run);
    if (row !== undefined && row.key === log?.key && row.writer === this.writer && log.owner === run.owner) {
      log.check = this.#check;
      return log;
    }
    if (row !== undefined) return this.take(run, row);
    if (log?.owner === run.owner) this.close(log);
    return undefined;
  }

  #openLog(run: OwnedRun, parts: Pick<OpenLog, 'key' | 'start' | 'events'>): OpenLog {
    const name = toKey(run.tenant, run.id);
    const former = this.#open.get(name);
    if (former) this.#windowed.delete(former);
    const log = new OpenLog({ name, owner: run.owner, ...parts }, this.#check);
    this.#open.set(name, log);
    return log;
  }

  #writeRow(log: OpenLog): boolean {
    const { key, owner, start: window, events: first, newest } = log;
    if (newest.length === 0) return true;
    const runKey = isMarked(first, newest.length) ? key : null;
    const row = { key, owner, window, first, runKey, body: newest.join(separator) };
    const { changes, lastInsertRowid: tail } = this.#statements.insertEvents.run(row);
    if (changes === 0) {
      this.close(log);
      return false;
    }
    log.advance();
    this.#windowed.delete(log);
    this.#statements.advance.run({ key, events: log.events, tail });
    return true;
  }

  #writeWindow(): void {
    const { current } = this.#windows;
    if (current !== undefined) this.#writeLateRows(current - limits.logWindowMs);
    this.#windows.write();
    const [oldest] = this.#windowed;
    this.#windows.free(oldest?.window);
  }

  /** Writes rows for runs that rarely append, so that their windows can be deleted, too. */
  #writeLateRows(before: number): void {
    for (const log of this.#windowed) {
      if (log.window >= before) return;
      this.#writeRow(log);
    }
  }
}
