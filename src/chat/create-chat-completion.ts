import type { Caller } from '../contract/operations.ts';
import { type ChatCompletionId, createChatCompletionId } from '../ids.ts';
import { runOnce } from '../runs/run-once.ts';
import type { ChatDeps, ChatRequest } from './chat-deps.ts';
import { ChatLog } from './chat-log.ts';
import { followChatCompletion } from './follow-chat-completion.ts';
import { type ChatRun, type ChatRunOptions, runChatCompletion } from './run-chat-completion.ts';

export interface CreateCaller extends Caller, Pick<ChatRunOptions, 'includeUsage'> {
  /** The client's `Idempotency-Key`. */
  key: string | undefined;
}

export interface CreatedChatRun {
  run: ChatRun;
  /** Is it an earlier request with the same key that is answered once more? */
  replayed: boolean;
}

/**
 * Starts a chat completion: driven by its reader, or once for a key, and then whoever reads it. Rejects with an ApiError
 * when it can't be started.
 */
export async function createChatCompletion(
  request: ChatRequest,
  deps: ChatDeps,
  { key, ...caller }: CreateCaller,
): Promise<CreatedChatRun> {
  const { tenant, signal, requestId, includeUsage, holdBody } = caller;
  if (key === undefined) {
    if (request.store) await deps.admitStorage(tenant, request);
    return { run: await runChatCompletion(request, deps, caller), replayed: false };
  }
  const content = ['createChatCompletion', request];
  const once = { tenant, key, content, createId: createChatCompletionId, by: deps.runs, signal };
  const { id: made, replayed } = await runOnce(deps.store, once, async (id) => {
    // A run with a key is stored with its log, whatever the request says.
    await deps.admitStorage(tenant, request);
    await detach(request, deps, { tenant, requestId, id, includeUsage, holdBody });
  });
  const chunks = followChatCompletion(deps.store.runs, { tenant, id: made, signal, replayed });
  return { run: { chunks, usageIsEstimate: false }, replayed };
}

interface DetachOptions extends Pick<ChatRunOptions, 'includeUsage'>, Pick<Caller, 'holdBody'> {
  tenant: string;
  requestId: string | undefined;
  id: ChatCompletionId;
}

/**
 * Starts a chat completion that its reader's leaving doesn't stop. Resolves once its log has begun; rejects with an
 * ApiError when it fails before the agent has said anything.
 */
async function detach(request: ChatRequest, deps: ChatDeps, options: DetachOptions): Promise<void> {
  const { tenant, id, holdBody } = options;
  const detached = deps.runs.detach(id, holdBody?.());
  const { signal } = detached;
  const run = await runChatCompletion(request, deps, { ...options, signal, isDetached: true }).catch(
    (error: unknown) => {
      detached.end();
      throw error;
    },
  );
  const log = new ChatLog({ runs: deps.store.runs, run: { tenant, id, owner: deps.runs.server }, signal });
  const begun = Promise.withResolvers<void>();
  detached.drive(log.write(run.chunks), begun.resolve).then(begun.resolve, (error: unknown) => {
    // Its log may have begun: then it is ended when the store can be written again.
    deps.runs.abandon({ tenant, id }, error);
    begun.reject(error);
  });
  await begun.promise;
}
