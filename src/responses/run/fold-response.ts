import { ApiError } from '../../errors/api-error.ts';
import type { ResponseResource } from '../responses-deps.ts';
import type { ResponseRun } from './response-run.ts';

/** The plain reply: the fold of the very events a stream would have had. Throws what the run failed with. */
export async function foldResponse(run: ResponseRun): Promise<ResponseResource> {
  let response: ResponseResource | undefined;
  for await (const batch of run.events) {
    const event = batch.at(-1);
    if (event && 'response' in event) response = event.response;
  }
  if (run.failure) throw run.failure;
  if (!response) throw new ApiError('internal_error', 'The response ended without a result.');
  return response;
}
