import { ApiError } from '../errors/api-error.ts';
import type { ErrorCode } from '../errors/error-table.ts';
import type { StoredResponse } from '../store/response-store.ts';
import type { OrphanedRun, RunStore } from '../store/run-store.ts';
import type { NewWebhook } from '../store/webhook-store.ts';
import type { RunFacts, WatchRun } from './run-watch.ts';
import type { Runs } from './runs.ts';

interface RecoveryServices {
  store: { runs: RunStore };
  runs: Pick<Runs, 'server'>;
  watchRun: WatchRun;
}

export interface OrphanEnd {
  /** The last event. */
  event: object;
  /** Number of that event. Omitted: the next of the log. */
  next?: number;
  /** The response as it ended, if it is stored. */
  response?: StoredResponse | undefined;
  /** Announce the end. */
  webhooks?: readonly NewWebhook[] | undefined;
  outcome: 'failed' | 'cancelled' | 'incomplete';
  /** Omitted: it has not failed. */
  error?: ApiError;
  facts?: Partial<RunFacts>;
}

/** Writes the end of an orphaned run. Reports it, unless the run has ended elsewhere or its failure was logged before. */
export async function endOrphan(
  { tenant, id }: OrphanedRun,
  { store, runs, watchRun }: RecoveryServices,
  { event, next, response, webhooks, outcome, error, facts }: OrphanEnd,
): Promise<void> {
  const writer = { tenant, id, owner: runs.server, next };
  const isEnded = await store.runs.end(writer, [JSON.stringify(event)], response, webhooks);
  if (!isEnded || error?.isLogged) return;
  watchRun({ facts: { ...facts, run: id, tenant, recovered: true }, stop() {} }).ended({ outcome, error }, {});
}

/** Creates the error of a run whose server died. */
export function createServerStopped(): ApiError {
  return new ApiError('internal_error', 'The server stopped before the run had ended.');
}

/** Creates the error of a run that ended its servers again and again. */
export function createAttemptsExceeded(attempts: number): ApiError {
  const message = `The server stopped ${attempts} times while generating this response. It will not be retried.`;
  return new ApiError('run_attempts_exceeded', message);
}

const temporary: ReadonlySet<ErrorCode> = new Set([
  'conversation_locked',
  'previous_response_in_progress',
  'rate_limit_exceeded',
  'server_shutting_down',
  'store_unavailable',
]);

/** Whether the next attempt to resume may succeed. */
export const isTemporary = ({ code }: ApiError): boolean => temporary.has(code);
