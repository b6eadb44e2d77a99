import { limits } from '../../config/limits.ts';
import { ApiError } from '../../errors/api-error.ts';
import type { RunWriter } from '../run-store.ts';
import { toExactText } from '../shared/exact-text.ts';
import type { Connection, Parameter } from './connection/connection.ts';
import { type AppendedRow, runStatements } from './statements/run-statements.ts';
import { toSequence } from './statements/sequence.ts';

interface Append {
  run: RunWriter;
  events: readonly string[];
  resolve(isDone: boolean): void;
  reject(reason: unknown): void;
}

/** Separates the sequences of several appends. JSON never contains this character. */
const separator = '\u001d';

/**
 * Appends to the logs of runs. Appends that arrive while a statement is under way share the next one, so many streams
 * cost a statement per round trip instead of one per event.
 */
export class SharedAppends {
  readonly #connection: Connection;
  #waiting: Append[] = [];
  #sending = false;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Appends that wait for their statement. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /**
   * Resolves with `false` when the owner or the number of the first event is wrong. Only one call per run at a time.
   */
  add(run: RunWriter, events: readonly string[]): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ run, events, resolve, reject });
      if (!this.#sending) void this.#sendAll();
    });
  }

  async #sendAll(): Promise<void> {
    this.#sending = true;
    while (this.#waiting.length > 0) await this.#send(this.#take());
    this.#sending = false;
  }

  /** Takes the next appends that may share a statement: at least one. */
  #take(): Append[] {
    let bytes = 0;
    const end = this.#waiting.findIndex((append, index) => {
      bytes += countBytes(append);
      return index === limits.postgresAppends || (index > 0 && bytes > limits.postgresAppendBytes);
    });
    return this.#waiting.splice(0, end === -1 ? this.#waiting.length : end);
  }

  async #send(appends: readonly Append[]): Promise<void> {
    // Only an append with a number may run twice.
    const isRepeatable = appends.every(({ run }) => run.next !== undefined);
    const outageMs = isRepeatable ? limits.postgresOutageMs : 0;
    try {
      const rows = await this.#connection.rows<AppendedRow>(runStatements.append, toParameters(appends), outageMs);
      const done = new Set(rows.map(({ position }) => position));
      for (const [index, { resolve }] of appends.entries()) resolve(done.has(index + 1));
    } catch (reason) {
      // A failure of the environment affects every append. Any other error belongs to one, so the others are retried.
      if (appends.length === 1 || reason instanceof ApiError) for (const { reject } of appends) reject(reason);
      else for (const append of appends) await this.#send([append]);
    }
  }
}

const countBytes = ({ events }: Append): number => events.reduce((sum, event) => sum + Buffer.byteLength(event), 0);

function toParameters(appends: readonly Append[]): Parameter[] {
  const heads = appends.map(({ run: { tenant, id, owner, next }, events }) => ({
    tenant: toExactText(tenant),
    id,
    owner: toExactText(owner),
    count: events.length,
    next,
  }));
  return [JSON.stringify(heads), appends.map(({ events }) => toSequence(events)).join(separator)];
}
