import type { Caller } from '../../contract/operations.ts';
import { ApiError } from '../../errors/api-error.ts';
import { fromWireCode } from '../../errors/from-wire-code.ts';
import { type EventBatch, fromEventTexts } from '../../flow/event-batch.ts';
import type { Flow } from '../../flow/flow.ts';
import { mapFlow } from '../../flow/mapped-flow.ts';
import { followLog } from '../../runs/follow-log.ts';
import type { RunId } from '../../store/run-store.ts';
import type { ResponseEvent, ResponseResource, ResponseRun, ResponsesDeps } from '../responses-deps.ts';

export interface LogPosition {
  id: RunId;
  /** Number of the last event that the reader has; −1: none. */
  after: number;
  /** Whether an earlier request with the same `Idempotency-Key` started the run. */
  replayed?: boolean;
}

/** A run replayed and followed from its log. Its reader has no influence on the run. */
export class LoggedRun implements ResponseRun {
  readonly events: Flow<EventBatch<ResponseEvent>>;
  /** A log does not mark estimated counts. */
  readonly usageIsEstimate = false;
  failure: ApiError | undefined;

  constructor({ store }: Pick<ResponsesDeps, 'store'>, position: LogPosition, { tenant, signal }: Caller) {
    this.events = mapFlow(followLog(store.runs, { ...position, tenant, signal }), (texts) => {
      const batch = fromEventTexts<ResponseEvent>(texts);
      const last = batch.events.at(-1);
      if (last && 'response' in last) this.failure = failureOf(last.response, position);
      return batch;
    });
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
