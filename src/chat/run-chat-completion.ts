import type { AgentEndReason } from '../agent/agent-client.ts';
import type { Caller } from '../contract/operations.ts';
import { ApiError } from '../errors/api-error.ts';
import { type ChatCompletionId, createChatCompletionId } from '../ids.ts';
import { omitUndefined } from '../json/omit-undefined.ts';
import { RunDeadline } from '../runs/run-deadline.ts';
import { type RunEnd, RunReport } from '../runs/run-log.ts';
import { untilReady } from '../runs/run-slots.ts';
import type { ChatChunk, ChatDeps, ChatRequest } from './chat-deps.ts';
import type { ChunkHead } from './chunk-assembler.ts';
import { CompletionFold } from './completion-fold.ts';
import { keepChatCompletion } from './keep-chat-completion.ts';
import { type Choice, planChoices } from './plan-choices.ts';
import { settleUsage } from './settle-usage.ts';
import { type RunBatch, startRuns } from './start-runs.ts';
import { toAgentRequest } from './to-agent-request.ts';
import { toChatUsage } from './to-chat-usage.ts';
import { toEcho } from './to-echo.ts';
import { toToolSet } from './to-tool-set.ts';

/** One execution of the agent for one chat completion. */
export interface ChatRun {
  /** Every chunk, the last with the token counts. Throws an ApiError when the run breaks midway. */
  chunks: AsyncIterable<readonly ChatChunk[]>;
  /** Are the token counts our own estimate? Set before the last chunk. */
  usageIsEstimate: boolean;
}

export interface ChatRunOptions {
  /** The id it is to have, where that is settled already. */
  id?: ChatCompletionId;
  /** End with a chunk that holds the token counts? Every chunk before it then says `usage: null`. */
  includeUsage: boolean;
  /** Whether it goes on when its reader leaves. */
  isDetached?: boolean;
}

/**
 * Starts a chat completion. Rejects with an ApiError when it can't be served or the agent refuses: nothing was produced.
 * A completion that the client wants stored is stored before its last chunk.
 */
export async function runChatCompletion(
  request: ChatRequest,
  deps: ChatDeps,
  options: Caller & ChatRunOptions,
): Promise<ChatRun> {
  const { signal, tenant, requestId, includeUsage, isDetached, id = createChatCompletionId() } = options;
  const tools = toToolSet(request, deps.schemaBytes);
  const agentRequest = toAgentRequest(request, tools, deps);
  if (request.web_search_options) deps.log.warn({ tools: ['web_search'] }, toolsLeftOut);
  const held = new DisposableStack();
  const place = held.use(deps.runs.slots.enter(tenant));
  try {
    await untilReady(place, signal);
    const limited = held.use(new RunDeadline(signal, deps.runs.timeoutMs)).signal;
    const model = request.model || (await defaultModel(deps, limited));
    const head = toHead(request, { id, model, includeUsage });
    const choices = planChoices(request.n ?? 1, { head, request: agentRequest, tools });
    const several = choices.length > 1 ? choices.length : undefined;
    const facts = { run: id, tenant, requestId, model, detached: isDetached || undefined, choices: several };
    const report = new RunReport(deps.runLog, facts);
    const options = { signal: limited, onRoute: report.onRoute };
    const batches = await startRuns(deps.agent, choices, options).catch((reason) => {
      throw report.fail(limited.aborted ? limited.reason : reason);
    });
    const run = { request, id, head, choices, batches, includeUsage, deps, tenant, signal: limited, held, report };
    return new FollowedRun(run);
  } catch (error) {
    held.dispose();
    throw error;
  }
}

interface StartedRun extends ChatRunOptions {
  request: ChatRequest;
  /** Its slot and its deadline: disposed when the run is over. */
  held: Disposable;
  id: ChatCompletionId;
  head: ChunkHead;
  choices: readonly Choice[];
  batches: AsyncIterable<RunBatch<Choice>>;
  deps: ChatDeps;
  tenant: string;
  signal: AbortSignal;
  report: RunReport;
}

/**
 * A class, because its generator is made once. Of each generator function that is called V8 keeps a shape in old memory,
 * and the function with it: one made for each run keeps the whole run until the next full collection.
 */
class FollowedRun implements ChatRun {
  readonly chunks: AsyncIterable<readonly ChatChunk[]>;
  usageIsEstimate = false;

  constructor(started: StartedRun) {
    this.chunks = this.#follow(started);
  }

  async *#follow(started: StartedRun): AsyncGenerator<readonly ChatChunk[]> {
    const { choices, batches, request, report, signal } = started;
    using _held = started.held;
    const kept = request.store ? new CompletionFold() : undefined;
    let last: ChatChunk[];
    try {
      for await (const { choice, batch } of batches) {
        const chunks = choice.assembler.take(batch);
        kept?.add(chunks);
        if (chunks.length === 0) continue;
        report.noteOutput();
        yield chunks;
      }
      last = await this.#finish(started, kept);
      report.end(toRunEnd(choices));
    } catch (reason) {
      throw report.fail(signal.aborted ? signal.reason : reason);
    } finally {
      // Without an end by now: its reader left.
      report.end({ outcome: 'cancelled' });
    }
    yield last;
  }

  async #finish(started: StartedRun, kept: CompletionFold | undefined): Promise<ChatChunk[]> {
    const { request, id, head, choices, includeUsage, deps, tenant } = started;
    const last = endAll(choices);
    this.usageIsEstimate = choices.some(({ assembler }) => assembler.usage === undefined);
    if (!kept && !includeUsage) return last;
    const usage: ChatChunk = { ...head, choices: [], usage: toChatUsage(await settleUsage(choices)) };
    kept?.add([...last, usage]);
    if (kept) {
      const completion = { id, completion: kept.toCompletion(), expiresAt: deps.expiresAt(tenant) };
      await keepChatCompletion(request, completion, { store: deps.store, tenant });
    }
    return includeUsage ? [...last, usage] : last;
  }
}

/** Tokens as the agent counted them: to count them for a log line alone would cost too much. */
function toRunEnd(choices: readonly Choice[]): RunEnd {
  const counts = choices.flatMap(({ assembler }) => assembler.usage ?? []);
  const reason = choices.map(({ assembler }) => toIncompleteReason(assembler.endReason)).find(Boolean);
  const end: RunEnd = { outcome: reason === undefined ? 'completed' : 'incomplete', reason };
  if (counts.length < choices.length) return end;
  const outputTokens = counts.reduce((total, count) => total + count.outputTokens, 0);
  return { ...end, inputTokens: Math.max(...counts.map((count) => count.inputTokens)), outputTokens };
}

function toIncompleteReason(reason: AgentEndReason | undefined): string | undefined {
  if (reason === 'length') return 'max_output_tokens';
  return reason === 'content-filter' ? 'content_filter' : undefined;
}

const toolsLeftOut = 'omitted unsupported tools';

interface HeadFacts {
  id: ChatCompletionId;
  model: string;
  includeUsage: boolean;
}

function toHead(request: ChatRequest, { id, model, includeUsage }: HeadFacts): ChunkHead {
  return {
    id,
    object: 'chat.completion.chunk',
    created: Math.floor(Date.now() / 1000),
    model,
    ...omitUndefined({ service_tier: toEcho(request).service_tier }),
    ...(includeUsage ? { usage: null } : {}),
  };
}

/** No choice is said to have finished before all have. */
function endAll(choices: readonly Choice[]): ChatChunk[] {
  if (choices.some(({ assembler }) => !assembler.endReason)) {
    throw new ApiError('upstream_error', "The agent's answer ended early.");
  }
  return choices.flatMap(({ assembler }) => assembler.end());
}

async function defaultModel({ agent }: ChatDeps, signal: AbortSignal): Promise<string> {
  const [first] = await agent.models({ signal });
  if (!first) throw new ApiError('upstream_error', 'The agent offers no models.');
  return first.id;
}
