import type { Schemas } from '../../contract/types.ts';
import { ApiError } from '../../errors/api-error.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { Services } from '../../services.ts';
import type { StoredItem } from '../../store/stored-item.ts';
import { findStored } from './find-stored.ts';
import { toRequest } from './to-request.ts';

type ResponseRequest = Schemas['CreateResponseRequest'];

/** Starts a background response of a tenant. */
export type StartResponse = (request: ResponseRequest, tenant: string) => Promise<Schemas['Response']>;

/** Sends the request of a stored response again, on behalf of its tenant. Returns the new response, queued. */
export async function repeatRun(
  id: string,
  deps: Pick<Services, 'store' | 'liveRuns'>,
  start: StartResponse,
): Promise<Schemas['Response']> {
  const stored = await findStored(id, deps);
  if (stored.resource['status'] === 'queued' || stored.resource['status'] === 'in_progress') {
    throw new ApiError('previous_response_in_progress', 'The run has not ended. Cancel it, or wait for its end.');
  }
  const place = stored.conversationId
    ? { conversation: stored.conversationId }
    : omitUndefined({ previous_response_id: stored.parentId });
  return start({ ...toRequest(stored, stored.input.map(toInput)), ...place }, stored.tenant);
}

/** Returns an item as new input. A message gets another id: the first one stays in the history of its own response. */
function toInput(item: StoredItem): Record<string, unknown> {
  if (item['type'] !== 'message') return item;
  const { id: _id, status: _status, ...message } = item;
  return message;
}
