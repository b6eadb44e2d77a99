import type { Schemas } from '../../contract/types.ts';
import { ApiError } from '../../errors/api-error.ts';
import type { Services } from '../../services.ts';
import type { StoredItem } from '../../store/stored-item.ts';
import { findStored } from './find-stored.ts';
import { readPast } from './read-past.ts';
import { toRequest } from './to-request.ts';

type ResponseRequest = Schemas['CreateResponseRequest'];

/** Starts a background response of a tenant. */
export type StartResponse = (request: ResponseRequest, tenant: string) => Promise<Schemas['ResponseResource']>;

/**
 * Sends the request of a stored response again, on behalf of its tenant. Returns the new response, queued. A
 * conversation is not touched: the new response has its earlier items as input.
 */
export async function repeatRun(
  id: string,
  deps: Pick<Services, 'store' | 'liveRuns' | 'history'>,
  start: StartResponse,
): Promise<Schemas['ResponseResource']> {
  const stored = await findStored(id, deps);
  if (stored.resource['status'] === 'queued' || stored.resource['status'] === 'in_progress') {
    throw new ApiError('previous_response_in_progress', 'The run has not ended. Cancel it, or wait for its end.');
  }
  const { items, ...place } = await readPast(stored, deps);
  return start({ ...toRequest(stored, [...items, ...stored.input].map(toInput)), ...place }, stored.tenant);
}

/** Returns an item as new input. A message gets another id: the first one stays in the history of its own response. */
function toInput(item: StoredItem): Record<string, unknown> {
  if (item['type'] !== 'message') return item;
  const { id: _id, status: _status, ...message } = item;
  return message;
}
