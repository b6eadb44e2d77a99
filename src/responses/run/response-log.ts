import { limits } from '../../config/limits.ts';
import { ApiError } from '../../errors/api-error.ts';
import { inSlices } from '../../in-slices.ts';
import { createKeyTaken } from '../../runs/run-once.ts';
import type { StoredResponse } from '../../store/response-store.ts';
import type { OwnedRun, RunStore, RunWriter } from '../../store/run-store.ts';
import type { ResponseEvent } from '../responses-deps.ts';

export interface ResponseLogOptions {
  runs: RunStore;
  run: OwnedRun;
  /** JSON from which another server can make the response anew; absent: none can. */
  request?: string;
  /** The response as it begins; `undefined`: it is not stored, only its log is kept. */
  response: StoredResponse | undefined;
  /** Was an idempotency key reserved for it? */
  reserved?: boolean | undefined;
  /** Is there a log of it already? */
  isBegun?: boolean;
}

/**
 * The log of one response while it is made. What is written is committed when the promise resolves, so that a reader
 * never has an event which the log has not. Rejects when the response was deleted meanwhile or another server took it, and
 * with `createKeyTaken()` when it can't begin.
 */
export class ResponseLog {
  readonly #options: Omit<ResponseLogOptions, 'request'>;
  /** Until the log has begun. */
  #request: string | undefined;
  #isBegun: boolean;

  constructor({ request, ...options }: ResponseLogOptions) {
    this.#options = options;
    this.#request = request;
    this.#isBegun = options.isBegun ?? false;
  }

  async append(events: readonly ResponseEvent[]): Promise<void> {
    const { runs, run } = this.#options;
    if (!this.#isBegun) return this.#begin(events);
    for (const slice of inSlices(events, limits.logAppendEvents)) {
      if (!(await runs.append(at(run, slice), toTexts(slice)))) throw notOursAnyMore();
    }
  }

  /** Whether it is certain that there is a log. */
  get isBegun(): boolean {
    return this.#isBegun;
  }

  /** Writes the last events, and the response as it ended unless it is not stored. */
  async end(events: readonly ResponseEvent[], response: StoredResponse | undefined): Promise<void> {
    const { runs, run } = this.#options;
    if (!(await runs.end(at(run, events), toTexts(events), response))) throw notOursAnyMore();
  }

  async #begin(events: readonly ResponseEvent[]): Promise<void> {
    const { runs, run, response, reserved } = this.#options;
    const begun = { ...run, request: this.#request, events: toTexts(events), reserved };
    if (!(await runs.begin(begun, response))) throw createKeyTaken();
    this.#isBegun = true;
    this.#request = undefined;
  }
}

const at = (run: OwnedRun, [first]: readonly ResponseEvent[]): RunWriter => ({ ...run, next: first?.sequence_number });

const toTexts = (events: readonly ResponseEvent[]): string[] => events.map((event) => JSON.stringify(event));

function notOursAnyMore(): ApiError {
  return new ApiError(
    'response_not_found',
    'The response was deleted while it was made, or another server took it over.',
  );
}
