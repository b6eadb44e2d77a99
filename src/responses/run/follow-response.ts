import type { Caller } from '../../contract/operations.ts';
import { ApiError } from '../../errors/api-error.ts';
import { fromWireCode } from '../../errors/from-wire-code.ts';
import { followLog } from '../../runs/follow-log.ts';
import type { RunId } from '../../store/run-store.ts';
import type { ResponseEvent, ResponseResource, ResponsesDeps } from '../responses-deps.ts';
import { toEvents } from './read-log.ts';
import type { ResponseRun } from './response-run.ts';

export interface LogPlace {
  id: RunId;
  /** The number of the last event that the reader has; −1: none. */
  after: number;
  /** Is it what an earlier request with the same `Idempotency-Key` was told? */
  replayed?: boolean;
}

/** A run as its log tells it, to a reader who has nothing to do with how it goes. */
export class LoggedRun implements ResponseRun {
  readonly events: AsyncIterable<readonly ResponseEvent[]>;
  /** Counts that are estimates are not marked in a log. */
  readonly usageIsEstimate = false;
  failure: ApiError | undefined;

  constructor({ store }: Pick<ResponsesDeps, 'store'>, place: LogPlace, { tenant, signal }: Caller) {
    this.events = this.#follow(followLog(store.runs, { ...place, tenant, signal }), place);
  }

  async *#follow(pages: AsyncIterable<string[]>, place: LogPlace): AsyncGenerator<readonly ResponseEvent[]> {
    for await (const page of pages) {
      const events = toEvents(page);
      const last = events.at(-1);
      if (last && 'response' in last) this.failure = toFailure(last.response, place);
      yield events;
    }
  }
}

/** The error of a plain reply. A log holds its code and message, as a stream does; the code decides the status. */
export function toFailure(
  { status, error }: ResponseResource,
  { replayed = false }: Pick<LogPlace, 'replayed'> = {},
): ApiError | undefined {
  if (status === 'cancelled') return new ApiError('request_cancelled', 'The response was cancelled.', { replayed });
  if (status !== 'failed') return undefined;
  const { code, message } = error ?? { code: 'internal_error', message: 'The response failed.' };
  return fromWireCode(code, message, { replayed, isLogged: true });
}
