import type { Caller } from '../contract/operations.ts';
import { createChatCompletionId } from '../ids.ts';
import { detach } from '../runs/detach.ts';
import { runOnce } from '../runs/run-once.ts';
import type { ChatDeps, ChatRequest } from './chat-deps.ts';
import { followChatCompletion } from './follow-chat-completion.ts';
import type { ChatRun } from './run/live-chat-run.ts';
import { startChatCompletion } from './run/start-chat-completion.ts';

export interface CreateCaller extends Caller {
  /** Whether the last chunk holds the token counts. Every other chunk then has `usage: null`. */
  includeUsage: boolean;
  /** The client's `Idempotency-Key`. */
  key: string | undefined;
}

export interface CreatedChatRun {
  run: ChatRun;
  /** Whether an earlier request with the same key started the run. */
  replayed: boolean;
}

/**
 * Starts a chat completion. With a key it is a detached run, and at most one. Rejects with an ApiError when the completion
 * cannot start.
 */
export async function createChatCompletion(
  request: ChatRequest,
  deps: ChatDeps,
  { key, ...caller }: CreateCaller,
): Promise<CreatedChatRun> {
  const { tenant, signal, holdBody } = caller;
  if (key === undefined) {
    if (request.store) await deps.admitStorage(tenant, request);
    return { run: await startChatCompletion(request, deps, caller), replayed: false };
  }
  const content = ['createChatCompletion', request];
  const once = { tenant, key, content, createId: createChatCompletionId, by: deps.runs, signal };
  const { id: made, replayed } = await runOnce(deps.store, once, async (id) => {
    // The log of a keyed run is stored, even when the request does not ask for storage.
    await deps.admitStorage(tenant, request);
    const { begun } = await detach(deps.runs, { id, holdBody }, (signal) =>
      startChatCompletion(request, deps, { ...caller, signal, id, isDetached: true }),
    );
    await begun;
  });
  const events = followChatCompletion(deps.store.runs, { tenant, id: made, signal, replayed });
  return { run: { events, usageIsEstimate: false, session: undefined }, replayed };
}
