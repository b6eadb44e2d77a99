import type { Caller } from '../contract/operations.ts';
import { ApiError } from '../errors/api-error.ts';
import { createChatCompletionId } from '../ids.ts';
import type { ChatChunk, ChatDeps, ChatRequest } from './chat-deps.ts';
import { ChunkAssembler } from './chunk-assembler.ts';
import { settleUsage } from './settle-usage.ts';
import { toAgentRequest } from './to-agent-request.ts';

/** One execution of the agent for one chat completion. */
export interface ChatRun {
  /** Every chunk, the last with the token counts. Throws an ApiError when the run breaks midway. */
  chunks: AsyncIterable<readonly ChatChunk[]>;
  /** Are the token counts our own estimate? Set before the last chunk. */
  usageIsEstimate: boolean;
}

export interface ChatRunOptions {
  /** End with a chunk that holds the token counts? Every chunk before it then says `usage: null`. */
  includeUsage: boolean;
}

/** Starts a chat completion. Rejects with an ApiError when it can't be served or the agent refuses: nothing was produced. */
export async function runChatCompletion(
  request: ChatRequest,
  deps: ChatDeps,
  options: Caller & ChatRunOptions,
): Promise<ChatRun> {
  const { signal } = options;
  const agentRequest = toAgentRequest(request);
  const model = request.model ?? (await defaultModel(deps, signal));
  const batches = await deps.agent.run(agentRequest, { signal });
  const run: ChatRun = { chunks: follow(), usageIsEstimate: false };
  return run;

  async function* follow(): AsyncGenerator<readonly ChatChunk[]> {
    const created = Math.floor(Date.now() / 1000);
    const head = { id: createChatCompletionId(), created, model };
    const assembler = new ChunkAssembler(head, options);
    for await (const batch of batches) {
      const chunks = assembler.take(batch);
      if (chunks.length > 0) yield chunks;
    }
    if (!assembler.endReason) throw new ApiError('upstream_error', "The agent's answer ended early.");
    run.usageIsEstimate = assembler.usage === undefined;
    const usage = options.includeUsage ? await settleUsage(assembler, agentRequest) : undefined;
    yield assembler.end(usage);
  }
}

async function defaultModel({ agent }: ChatDeps, signal: AbortSignal): Promise<string> {
  const [first] = await agent.models({ signal });
  if (!first) throw new ApiError('upstream_error', 'The agent offers no models.');
  return first.id;
}
