import { randomInt } from 'node:crypto';
import { limits } from '../../../config/limits.ts';
import type { LogStatements, OwnedRow, WindowsRow } from '../statements/log-statements.ts';
import { appendSeparator, separator } from './separators.ts';

/** The window that the current transaction writes. */
interface Window {
  key: number;
  entries: string[];
  bodies: string[];
}

/**
 * The windows of one handle: a row per commit with the appends of all runs. Each method requires a transaction of the
 * caller.
 */
export class LogWindows {
  readonly #statements: LogStatements;
  #writer = createWriter();
  #current: Window | undefined;
  /** Windows written since old ones were deleted. */
  #written = 0;
  /** The highest key so far. */
  #newest = 0;

  constructor(statements: LogStatements) {
    this.#statements = statements;
  }

  /** Identifies the windows of this handle. */
  get writer(): number {
    return this.#writer;
  }

  /** The location of events that are appended from now on. */
  get next(): WindowsRow {
    return { writer: this.#writer, window: this.current ?? this.#createKey() };
  }

  /** The key of the window that the current transaction writes. `undefined`: it has no appends so far. */
  get current(): number | undefined {
    return this.#current?.key;
  }

  /** Adds an append to the window of the current transaction, and returns the key of the window. */
  add(runKey: number, first: number, { body, bytes }: { body: string; bytes: number }): number {
    this.#current ??= { key: this.#createKey(), entries: [], bodies: [] };
    this.#current.entries.push(`[${runKey},${first},${bytes}]`);
    this.#current.bodies.push(body);
    return this.#current.key;
  }

  /** Writes the window of the current transaction. */
  write(): void {
    if (this.#current === undefined) return;
    const { key, entries, bodies } = this.#current;
    const row = { key, writer: this.#writer, entries: `[${entries.join()}]`, body: bodies.join(appendSeparator) };
    this.#statements.insertWindow.run(row);
    this.#current = undefined;
    this.#written++;
  }

  /** Drops the window of a transaction that was rolled back. Earlier ones stay until their runs have been taken. */
  restart(): void {
    this.#current = undefined;
    this.#written = 0;
    this.#writer = createWriter();
  }

  /**
   * Deletes the windows before the oldest that is needed, once there are enough of them. `undefined`: none is needed.
   */
  free(oldest: number | undefined): void {
    const enough = oldest === undefined ? 1 : limits.logWindowsFreed;
    if (this.#written < enough) return;
    this.#statements.deleteWindows.run({ writer: this.#writer, before: oldest ?? Number.MAX_SAFE_INTEGER });
    this.#written = 0;
  }

  /**
   * Returns Unix milliseconds, so that keys are not used again soon, or more. A run's windows never precede the one
   * that its row names, even if the clock was set back.
   */
  #createKey(): number {
    this.#newest = Math.max(Date.now(), (this.#statements.lastWindow.get() ?? 0) + 1, this.#newest);
    return this.#newest;
  }

  /** Reads the events of a run that are only in windows. */
  read(run: OwnedRow): string[] {
    const rows = this.#statements.appends.all(run);
    return rows.flatMap(({ body, position }) => body.split(appendSeparator)[position]?.split(separator) ?? []);
  }
}

/** Returns a number that no other handle has. */
const createWriter = (): number => randomInt(1, 2 ** 47);
