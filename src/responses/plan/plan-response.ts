import type { AgentRequest } from '../../agent/agent-client.ts';
import { defaultModel } from '../../agent/default-model.ts';
import type { ApprovalWaiver } from '../../agent/loop/loop-request.ts';
import type { ResponseId } from '../../ids.ts';
import { openFor, sealCall } from '../../items/open-sealed.ts';
import type { StoredItem } from '../../store/stored-item.ts';
import type { ToolSet } from '../../tools/tool-set.ts';
import type { ResponseRequest, ResponseResource, ResponsesDeps } from '../responses-deps.ts';
import { applyUpdates } from './apply-updates.ts';
import { findApprovals } from './find-approvals.ts';
import { findServers } from './find-servers.ts';
import { findTools } from './find-tools.ts';
import { findUsedAnswers } from './find-used-answers.ts';
import { listTools } from './list-tools.ts';
import type { Origin } from './read-origin.ts';
import { readTurn, type TurnCaller } from './read-turn.ts';
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
  /** Returns the `encrypted_content` that carries a call to the next turn; `undefined` when this server stores the call. */
  sealCall: ((item: StoredItem) => string) | undefined;
}

/** `only` compacts the history and answers nothing. `above` compacts first when the history has more tokens than that. */
export type CompactionPlan = 'none' | 'only' | { above: number };

export interface PlanCaller extends TurnCaller {
  /** The id of the new response. */
  id: ResponseId;
  /** Whether to accept a request without messages (token counting does). Default: false. */
  allowsEmpty?: boolean;
  /** Calls that an operator has freed from approval. */
  waivers?: readonly ApprovalWaiver[] | undefined;
}

/** Plans a response: reads its history and translates its request. Rejects with an ApiError for a bad request. */
export async function planResponse(
  sent: ResponseRequest,
  deps: ResponsesDeps,
  caller: PlanCaller,
): Promise<ResponsePlan> {
  const { origin, input, isTrigger, speaksResponses: isSpoken } = await readTurn(sent, deps, caller);
  const request = applyUpdates(sent, [...origin.history, ...input]);
  const { id, tenant } = caller;
  const turn = { history: origin.history, input, speaksResponses: isSpoken };
  const sentTools = listTools(request, turn);
  const tools = findTools(sentTools, turn, deps);
  const servers = findServers(sentTools, { ...turn, tenant }, deps);
  const maxToolCalls = request.max_tool_calls ?? undefined;
  const answering = { ...turn, runId: id, tenant, servers, maxToolCalls, isOperator: caller.isOperator ?? false };
  const approvals = await findApprovals(answering, deps);
  const used = await findUsedAnswers({ ...turn, tenant, approvals }, deps);
  const instructions = request.instructions ?? origin.instructions;
  const model = request.model || (await defaultModel(deps.agent, caller.signal));
  const { sealer } = deps;
  const open = () => openFor(sealer, tenant);
  const wantsSealed = request.include?.includes('reasoning.encrypted_content') ?? false;
  return {
    id,
    tenant,
    origin,
    expiresAt: deps.expiresAt(tenant),
    input,
    tools: tools.set,
    ...toAgentRequest(request, {
      origin,
      tenant,
      input,
      instructions,
      tools,
      servers,
      approvals,
      waivers: caller.waivers,
      used,
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
    seal: wantsSealed ? (text) => sealer.seal({ tenant, kind: 'reasoning' }, text) : undefined,
    sealCall: wantsSealed && request.store === false ? (item) => sealCall(sealer, tenant, item) : undefined,
  };
}

function toThreshold({ context_management: rules }: ResponseRequest): CompactionPlan {
  const above = rules?.find((rule) => rule.type === 'compaction')?.compact_threshold;
  return above ? { above } : 'none';
}
