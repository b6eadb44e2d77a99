import type { AgentRequest } from '../../agent/agent-client.ts';
import { defaultModel } from '../../agent/default-model.ts';
import type { Caller } from '../../contract/operations.ts';
import type { Schemas } from '../../contract/types.ts';
import type { ResponseId } from '../../ids.ts';
import { openFor } from '../../items/open-sealed.ts';
import type { StoredItem } from '../../store/stored-item.ts';
import type { ToolSet } from '../../tools/tool-set.ts';
import type { ResponseRequest, ResponseResource, ResponsesDeps } from '../responses-deps.ts';
import { checkParameters } from './check-parameters.ts';
import type { Origin } from './read-origin.ts';
import { readTurn } from './read-turn.ts';
import { toAgentRequest } from './to-agent-request.ts';
import { toResource } from './to-resource.ts';
import { toToolSet } from './to-tool-set.ts';

/** Everything that is settled before the agent is asked. */
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
  /** How many of the agent's messages were said before this turn. */
  pastMessages: number;
  compaction: CompactionPlan;
  /** The response as it starts. */
  resource: ResponseResource;
  reasoningAsSummary: boolean;
  /** Makes reasoning's `encrypted_content`, when the client asked for it. */
  seal: ((text: string) => string) | undefined;
}

/** `only`: the history is compacted and nothing is answered. A number: it is compacted first when it has more tokens. */
export type CompactionPlan = 'none' | 'only' | { above: number };

export interface PlanCaller extends Caller {
  /** The id that the response is to have. */
  id: ResponseId;
  /** Is a request without a single message one? It is where nothing is to be answered. */
  allowsEmpty?: boolean;
}

/** Rejects with an ApiError for a request that can't be served. */
export async function planResponse(
  request: ResponseRequest,
  deps: ResponsesDeps,
  caller: PlanCaller,
): Promise<ResponsePlan> {
  const { origin, input, isTrigger } = await readTurn(request, deps, caller);
  const tools = findTools(request, [...origin.history, ...input], deps);
  const instructions = request.instructions ?? origin.instructions;
  const model = request.model || (await defaultModel(deps.agent, caller.signal));
  const { id } = caller;
  const { sealer } = deps;
  const open = openFor(sealer, caller.tenant);
  const wantsSealed = request.include?.includes('reasoning.encrypted_content') ?? false;
  return {
    id,
    tenant: caller.tenant,
    origin,
    expiresAt: deps.expiresAt(caller.tenant),
    input,
    tools,
    ...toAgentRequest(request, {
      origin,
      input,
      instructions,
      tools,
      open,
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

/** The request's tools and those that items brought along (`additional_tools`). */
function findTools(request: ResponseRequest, items: StoredItem[], deps: ResponsesDeps): ToolSet {
  const brought = items
    .filter((item) => item['type'] === 'additional_tools')
    // Checked against the contract when the item came in.
    .flatMap((item) => item['tools'] as Schemas['Tool'][]);
  const { schemaBytes: bytes } = deps;
  for (const tool of brought) checkParameters(tool, { param: 'input', bytes });
  for (const [index, tool] of (request.tools ?? []).entries()) {
    checkParameters(tool, { param: `tools[${index}]`, bytes });
  }
  const { set, unavailable } = toToolSet([...brought, ...(request.tools ?? [])]);
  if (unavailable.length > 0) deps.log.warn({ tools: unavailable }, 'tools left out: this server has not got them');
  return set;
}
