import type { AgentRequest } from '../../agent/agent-client.ts';
import { defaultModel } from '../../agent/default-model.ts';
import type { Caller } from '../../contract/operations.ts';
import type { ResponseId } from '../../ids.ts';
import { openFor } from '../../items/open-sealed.ts';
import type { StoredItem } from '../../store/stored-item.ts';
import type { ToolSet } from '../../tools/tool-set.ts';
import type { ResponseRequest, ResponseResource, ResponsesDeps } from '../responses-deps.ts';
import { findTools, refuseMcp } from './find-tools.ts';
import type { Origin } from './read-origin.ts';
import { readTurn } from './read-turn.ts';
import { speaksResponses } from './speaks-responses.ts';
import { toAgentRequest } from './to-agent-request.ts';
import { toResource } from './to-resource.ts';

/** Everything known about a response before its agent starts. */
export interface ResponsePlan {
  id: ResponseId;
  tenant: string;
  origin: Origin;
  /** Unix seconds; `undefined`: never. */
  expiresAt: number | undefined;
  /** This turn's own items. */
  input: StoredItem[];
  tools: ToolSet;
  agentRequest: AgentRequest;
  /** How many of the agent's messages come from the history. */
  pastMessages: number;
  compaction: CompactionPlan;
  /** The response as it starts. */
  resource: ResponseResource;
  reasoningAsSummary: boolean;
  /** Returns the `encrypted_content` of reasoning; `undefined` when the client did not ask for it. */
  seal: ((text: string) => string) | undefined;
}

/** `only` compacts the history and answers nothing. `above` compacts first when the history has more tokens than that. */
export type CompactionPlan = 'none' | 'only' | { above: number };

export interface PlanCaller extends Caller {
  /** The id of the new response. */
  id: ResponseId;
  /** Whether to accept a request without messages (token counting does). Default: false. */
  allowsEmpty?: boolean;
}

/** Plans a response: reads its history and translates its request. Rejects with an ApiError for a bad request. */
export async function planResponse(
  request: ResponseRequest,
  deps: ResponsesDeps,
  caller: PlanCaller,
): Promise<ResponsePlan> {
  const { origin, input, isTrigger } = await readTurn(request, deps, caller);
  const isSpoken = await speaksResponses(request, deps, caller.signal);
  if (!isSpoken) refuseMcp(request, input);
  const tools = findTools(request, { history: origin.history, input, speaksResponses: isSpoken }, deps);
  const instructions = request.instructions ?? origin.instructions;
  const model = request.model || (await defaultModel(deps.agent, caller.signal));
  const { id } = caller;
  const { sealer } = deps;
  const open = () => openFor(sealer, caller.tenant);
  const wantsSealed = request.include?.includes('reasoning.encrypted_content') ?? false;
  return {
    id,
    tenant: caller.tenant,
    origin,
    expiresAt: deps.expiresAt(caller.tenant),
    input,
    tools: tools.set,
    ...toAgentRequest(request, {
      origin,
      input,
      instructions,
      tools,
      open: open(),
      reopen: open,
      speaksResponses: isSpoken,
      allowsEmpty: caller.allowsEmpty ?? false,
      schemaBytes: deps.schemaBytes,
    }),
    compaction: isTrigger ? 'only' : toThreshold(request),
    resource: toResource(request, {
      id,
      createdAt: Math.floor(Date.now() / 1000),
      model,
      instructions,
      conversationId: origin.conversationId,
    }),
    reasoningAsSummary: (request.reasoning?.summary ?? request.reasoning?.generate_summary ?? null) !== null,
    seal: wantsSealed ? (text) => sealer.seal({ tenant: caller.tenant, kind: 'reasoning' }, text) : undefined,
  };
}

function toThreshold({ context_management: rules }: ResponseRequest): CompactionPlan {
  const above = rules?.find((rule) => rule.type === 'compaction')?.compact_threshold;
  return above ? { above } : 'none';
}
