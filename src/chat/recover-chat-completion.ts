import { ApiError } from '../errors/api-error.ts';
import { toErrorBody } from '../errors/to-error-body.ts';
import type { LostRun } from '../store/run-store.ts';
import type { ChatDeps } from './chat-deps.ts';

/** Ends the log of a chat completion whose server has died, or which could not be ended for this reason. */
export async function recoverChatCompletion(
  { tenant, id }: LostRun,
  { store, runs, runLog }: Pick<ChatDeps, 'store' | 'runs' | 'runLog'>,
  error = serverStopped(),
): Promise<void> {
  const isEnded = await store.runs.end({ tenant, id, owner: runs.server }, [JSON.stringify(toErrorBody(error))]);
  if (isEnded && !error.isLogged) runLog({ run: id, tenant, recovered: true }, { outcome: 'failed', error });
}

function serverStopped(): ApiError {
  return new ApiError('internal_error', 'The server stopped while it was making this chat completion.');
}
