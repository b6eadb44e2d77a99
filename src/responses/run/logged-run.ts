import type { Caller } from '../../contract/operations.ts';
import { ApiError } from '../../errors/api-error.ts';
import { fromWireCode } from '../../errors/from-wire-code.ts';
import { followLog } from '../../runs/follow-log.ts';
import type { RunId } from '../../store/run-store.ts';
import type { ResponseEvent, ResponseResource, ResponseRun, ResponsesDeps } from '../responses-deps.ts';
import { toEvents } from './read-log.ts';

export interface LogPosition {
  id: RunId;
  /** Number of the last event that the reader has; −1: none. */
  after: number;
  /** Whether an earlier request with the same `Idempotency-Key` started the run. */
  replayed?: boolean;
}

/** A run replayed and followed from its log. Its reader has no influence on the run. */
export class LoggedRun implements ResponseRun {
  readonly events: AsyncIterable<readonly ResponseEvent[]>;
  /** A log does not mark estimated counts. */
  readonly usageIsEstimate = false;
  failure: ApiError | undefined;

  constructor({ store }: Pick<ResponsesDeps, 'store'>, position: LogPosition, { tenant, signal }: Caller) {
    this.events = this.#follow(followLog(store.runs, { ...position, tenant, signal }), position);
  }

  async *#follow(pages: AsyncIterable<string[]>, position: LogPosition): AsyncGenerator<readonly ResponseEvent[]> {
    for await (const page of pages) {
      const events = toEvents(page);
      const last = events.at(-1);
      if (last && 'response' in last) this.failure = failureOf(last.response, position);
      yield events;
    }
  }
}

/** Returns the error of a plain reply to a failed response. Its code and message decide the status. */
export function failureOf(
  { status, error }: ResponseResource,
  { replayed = false }: Pick<LogPosition, 'replayed'> = {},
): ApiError | undefined {
  if (status === 'cancelled') return new ApiError('request_cancelled', 'The response was cancelled.', { replayed });
  if (status !== 'failed') return undefined;
  const { code, message } = error ?? { code: 'internal_error', message: 'The response failed.' };
  return fromWireCode(code, message, { replayed, isLogged: true });
}
