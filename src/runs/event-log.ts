import { limits } from '../config/limits.ts';
import { ApiError } from '../errors/api-error.ts';
import { inSlices } from '../in-slices.ts';
import type { StoredResponse } from '../store/response-store.ts';
import type { OwnedRun, RunStore } from '../store/run-store.ts';
import type { NewWebhook } from '../store/webhook-store.ts';
import { createKeyTaken } from './run-once.ts';

/** Stored with the first events of a log. */
export interface LogStart {
  /** JSON from which another server can restart the run. Omitted: none can. */
  request?: string | undefined;
  /** The response as it starts. Omitted: only the log is stored. */
  response?: StoredResponse | undefined;
  /** Whether an idempotency key was reserved for the run. */
  reserved?: boolean | undefined;
}

export interface EventLogOptions {
  runs: RunStore;
  run: OwnedRun;
  /** `undefined`: another server began the log. */
  start: LogStart | undefined;
  /** Events in the log that another server began. */
  written?: number;
}

/**
 * Writes the log of one run; its first events begin it. Written events are committed when the promise resolves: a reader
 * never has an event that the log lacks. Rejects with `response_not_found` when the run was deleted or another server took
 * it over, and with `createKeyTaken()` when it may not begin.
 */
export class EventLog {
  readonly #runs: RunStore;
  readonly #run: OwnedRun;
  /** Dropped once the log has begun: a request can be large. */
  #start: LogStart | undefined;
  /** Events that are certain to be in the log. */
  #written: number;

  constructor({ runs, run, start, written = 0 }: EventLogOptions) {
    this.#runs = runs;
    this.#run = run;
    this.#start = start;
    this.#written = written;
  }

  /** Whether the log is certain to exist. */
  get isBegun(): boolean {
    return this.#start === undefined;
  }

  /**
   * Appends the JSON texts of events, and the steps that they explain to the journal. After a failure the log may hold
   * some of the events; `end` must get all of them again.
   */
  async append(events: readonly string[], steps: readonly object[] = []): Promise<void> {
    if (events.length === 0 && steps.length === 0) return;
    let next = this.#written;
    for (const texts of inSlices(events, limits.logAppendEvents)) {
      const isLast = next + texts.length === this.#written + events.length;
      // Steps explain all the events: none is committed before them.
      const explained = isLast ? steps : [];
      if (this.#start) {
        await this.#begin(this.#start, texts);
        if (explained.length > 0) await this.#write(next + texts.length, [], explained);
      } else await this.#write(next, texts, explained);
      next += texts.length;
    }
    this.#written = next;
  }

  async #write(next: number, events: readonly string[], steps: readonly object[]): Promise<void> {
    const writer = { ...this.#run, next };
    const isWritten =
      steps.length === 0
        ? await this.#runs.append(writer, events)
        : await this.#runs.append(writer, events, steps.map(toText));
    if (!isWritten) throw createRunLost();
  }

  /** Writes the last events and ends the run, in one transaction with its response, if that is stored, and webhooks. */
  async end(
    events: readonly string[],
    response?: StoredResponse,
    webhooks?: readonly NewWebhook[] | undefined,
  ): Promise<void> {
    const writer = { ...this.#run, next: this.#written };
    if (!(await this.#runs.end(writer, events, response, webhooks))) throw createRunLost();
  }

  async #begin({ request, response, reserved }: LogStart, events: readonly string[]): Promise<void> {
    if (!(await this.#runs.begin({ ...this.#run, request, events, reserved }, response))) throw createKeyTaken();
    this.#start = undefined;
  }
}

const toText = (step: object): string => JSON.stringify(step);

function createRunLost(): ApiError {
  return new ApiError('response_not_found', 'The response was deleted, or another server took it over.');
}
