import { ApiError } from '../errors/api-error.ts';
import { toErrorBody } from '../errors/to-error-body.ts';
import type { LostRun } from '../store/run-store.ts';
import type { ChatDeps } from './chat-deps.ts';

/** Ends the log of a chat completion whose server has died, or could not end it for this reason. */
export async function recoverChatCompletion(
  { tenant, id }: LostRun,
  { store, runs }: Pick<ChatDeps, 'store' | 'runs'>,
  error = serverStopped(),
): Promise<void> {
  await store.runs.end({ tenant, id, owner: runs.server }, [JSON.stringify(toErrorBody(error))]);
}

function serverStopped(): ApiError {
  return new ApiError('internal_error', 'The server stopped while it was making this chat completion.');
}
