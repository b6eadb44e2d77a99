import { defaultModel } from '../../agent/default-model.ts';
import type { Caller } from '../../contract/operations.ts';
import { type ChatCompletionId, createChatCompletionId } from '../../ids.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import { EventLog } from '../../runs/event-log.ts';
import { RunReport } from '../../runs/run-report.ts';
import { RunResources } from '../../runs/run-resources.ts';
import { untilReady } from '../../runs/run-slots.ts';
import { toFailure } from '../../runs/to-failure.ts';
import type { ChatDeps, ChatRequest } from '../chat-deps.ts';
import type { ChunkHead } from '../events/chunk-assembler.ts';
import { toAgentRequest } from '../plan/to-agent-request.ts';
import { toEcho } from '../plan/to-echo.ts';
import { listUnsupported, toToolSet } from '../plan/to-tool-set.ts';
import { type ChatRun, LiveChatRun } from './live-chat-run.ts';
import { planChoices } from './plan-choices.ts';
import { startRuns } from './start-runs.ts';

export interface StartOptions extends Caller {
  /** The reserved id of a keyed run. */
  id?: ChatCompletionId;
  /** Whether the last chunk holds the token counts. Every other chunk then has `usage: null`. */
  includeUsage: boolean;
  /** Whether the run continues without a reader. Then it has a log, for which a key was reserved. */
  isDetached?: boolean;
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
  const { signal, tenant, requestId, includeUsage, isDetached, id = createChatCompletionId() } = options;
  const { runs, reportRun } = deps;
  const tools = toToolSet(request, deps.schemaBytes);
  const agentRequest = toAgentRequest(request, tools, { ...deps, ...options });
  const unsupported = listUnsupported(request);
  if (unsupported.length > 0) deps.log.warn({ tools: unsupported }, 'omitted unsupported tools');
  const resources = new RunResources();
  try {
    resources.slot = runs.slots.enter(tenant);
    await untilReady(resources.slot, signal);
    const limited = resources.limit(signal, runs.timeoutMs);
    const model = request.model || (await defaultModel(deps.agent, limited));
    const head = toHead(request, { id, model, includeUsage });
    const choices = planChoices(request.n ?? 1, { head, request: agentRequest, tools });
    const several = choices.length > 1 ? choices.length : undefined;
    const report = new RunReport(reportRun, {
      ...{ run: id, tenant, requestId, model },
      ...{ detached: isDetached || undefined, choices: several },
    });
    const { onRoute, onSession } = report;
    const budget = deps.budgetOf(tenant);
    const batches = await startRuns(deps.agent, choices, { signal: limited, onRoute, onSession, budget }).catch(
      (reason: unknown) => {
        throw report.fail(toFailure(reason, limited));
      },
    );
    const log = isDetached
      ? new EventLog({ runs: deps.store.runs, run: { tenant, id, owner: runs.server }, start: { reserved: true } })
      : undefined;
    const context = { id, tenant, runs, resources, report, signal: limited, log };
    return new LiveChatRun(context, { id, request, head, choices, batches, includeUsage, deps });
  } catch (error) {
    await resources[Symbol.asyncDispose]();
    throw error;
  }
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
