import { ApiError } from '../../errors/api-error.ts';
import { forEach } from '../../flow/for-each.ts';
import type { ResponseResource, ResponseRun } from '../responses-deps.ts';

/** Returns the plain reply: the fold of the events that a stream would have had. Throws the failure of the run. */
export async function foldResponse(run: ResponseRun): Promise<ResponseResource> {
  let response: ResponseResource | undefined;
  await forEach(run.events, ({ events }) => {
    const event = events.at(-1);
    if (event && 'response' in event) response = event.response;
    return undefined;
  });
  if (run.failure) throw run.failure;
  if (!response) throw new ApiError('internal_error', 'The response ended without a result.');
  return response;
}
