import { ApiError } from '../errors/api-error.ts';
import { toErrorBody } from '../errors/to-error-body.ts';
import type { LostRun } from '../store/run-store.ts';
import type { ChatDeps } from './chat-deps.ts';

/** Ends the log of a chat completion whose server has died. */
export async function recoverChatCompletion(
  { tenant, id }: LostRun,
  { store, runs }: Pick<ChatDeps, 'store' | 'runs'>,
): Promise<void> {
  const error = new ApiError('internal_error', 'The server stopped while it was making this chat completion.');
  await store.runs.end({ tenant, id, owner: runs.server }, [JSON.stringify(toErrorBody(error))]);
}
