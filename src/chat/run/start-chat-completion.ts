import { defaultModel } from '../../agent/default-model.ts';
import type { Caller } from '../../contract/operations.ts';
import { type ChatCompletionId, createChatCompletionId } from '../../ids.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import { EventLog } from '../../runs/event-log.ts';
import { RunReport } from '../../runs/run-report.ts';
import { RunResources } from '../../runs/run-resources.ts';
import type { RunFacts } from '../../runs/run-watch.ts';
import { toFailure } from '../../runs/to-failure.ts';
import type { ChatDeps, ChatRequest } from '../chat-deps.ts';
import type { ChunkHead } from '../events/chunk-assembler.ts';
import { toAgentRequest } from '../plan/to-agent-request.ts';
import { toEcho } from '../plan/to-echo.ts';
import { listHosted, toToolSet } from '../plan/to-tool-set.ts';
import { type ChatRun, LiveChatRun } from './live-chat-run.ts';
import type { PastChatRun } from './past-run.ts';
import { planChoices } from './plan-choices.ts';
import { startRuns } from './start-runs.ts';
import { packRequest } from './stored-request.ts';

export interface StartOptions extends Caller {
  /** The reserved id of a keyed run. */
  id?: ChatCompletionId;
  /** Whether the last chunk holds the token counts. Every other chunk then has `usage: null`. */
  includeUsage: boolean;
  /** Whether the run continues without a reader. Then it has a log, for which a key was reserved. */
  isDetached?: boolean;
  /** The state of a completion that another server began, and that this one continues. */
  resume?: ResumedChat;
}

interface ResumedChat extends PastChatRun {
  /** The fields that its chunks share. */
  head: ChunkHead;
  /** Number of this execution, from 2. */
  attempt: number;
}

/**
 * Starts a chat completion. Rejects with an ApiError when the request is invalid or the agent refuses it: nothing was
 * produced. A completion that the client wants stored is stored before its last chunk.
 */
export async function startChatCompletion(
  request: ChatRequest,
  deps: ChatDeps,
  options: StartOptions,
): Promise<ChatRun> {
  const { signal, tenant, session, trace, includeUsage, isDetached, resume, id = createChatCompletionId() } = options;
  const { runs, watchRun } = deps;
  // The choices of a completion share one log: their steps would mix.
  const isResumable = deps.resumes && isDetached === true && (request.n ?? 1) === 1;
  const tools = toToolSet(request, deps.schemaBytes);
  const agentRequest = toAgentRequest(request, tools, { schemaBytes: deps.schemaBytes, tenant, session });
  const omitted = listHosted(request).filter((type) => !deps.mcpServers.mapsHosted(type));
  if (omitted.length > 0) deps.log.warn({ tools: omitted }, 'omitted hosted tools that are not mapped to MCP tools');
  const resources = new RunResources();
  try {
    resources.slot = runs.slots.enter(tenant);
    const report = new RunReport(watchRun, toFacts(request, id, options), (error) => resources.stop(error));
    const limited = await resources.begin(report, { signal, timeoutMs: runs.timeoutMs });
    const fail = (reason: unknown): never => {
      throw report.fail(toFailure(reason, limited));
    };
    const model = resume?.head.model ?? (request.model || (await defaultModel(deps.agent, limited).catch(fail)));
    const head = resume?.head ?? toHead(request, { id, model, includeUsage });
    report.model = model;
    const choices = planChoices(request.n ?? 1, { head, request: agentRequest, tools });
    const loop = isResumable ? { journal: resume?.journal ?? [] } : undefined;
    const budget = deps.budgetOf(tenant);
    const runOptions = { signal: limited, observer: report, loop, budget, exchange: options.exchange };
    const batches = await startRuns(deps.agent, choices, runOptions).catch(fail);
    const stored = isResumable ? packRequest({ request, head, session, trace }) : undefined;
    const log = isDetached ? createLog({ tenant, id }, deps, { request: stored, resume }) : undefined;
    const context = { id, tenant, runs, resources, report, signal: limited, log };
    const past = resume?.chunks ?? [];
    for (const { assembler } of choices) assembler.resume(past);
    const attempt = isResumable ? (resume?.attempt ?? 1) : undefined;
    return new LiveChatRun(context, { id, request, head, choices, batches, includeUsage, deps, past, attempt });
  } catch (error) {
    await resources[Symbol.asyncDispose]();
    throw error;
  }
}

function toFacts(
  { model, n }: ChatRequest,
  run: ChatCompletionId,
  { tenant, requestId, trace, isDetached, resume }: StartOptions,
): RunFacts {
  const choices = n && n > 1 ? n : undefined;
  const detached = isDetached || undefined;
  return { run, tenant, requestId, trace, model: model || undefined, detached, choices, attempt: resume?.attempt };
}

interface LogFacts {
  /** From which another server can resume the completion. */
  request: string | undefined;
  resume: ResumedChat | undefined;
}

function createLog(
  run: { tenant: string; id: ChatCompletionId },
  { store, runs }: Pick<ChatDeps, 'store' | 'runs'>,
  { request, resume }: LogFacts,
): EventLog {
  const start = resume ? undefined : { reserved: true, request };
  const written = resume?.chunks.length ?? 0;
  return new EventLog({ runs: store.runs, run: { ...run, owner: runs.server }, start, written });
}

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
