import { toErrorBody } from '../errors/to-error-body.ts';
import { createServerStopped, endOrphan } from '../runs/end-orphan.ts';
import type { OrphanedRun } from '../store/run-store.ts';
import type { ChatDeps } from './chat-deps.ts';

/** Ends the log of a chat completion whose server died, or that could not be ended because of `error`. */
export async function recoverChatCompletion(
  orphan: OrphanedRun,
  deps: Pick<ChatDeps, 'store' | 'runs' | 'reportRun'>,
  error = createServerStopped(),
): Promise<void> {
  await endOrphan(orphan, deps, { event: toErrorBody(error), outcome: 'failed', error });
}
