import type { AgentRequest } from '../agent/agent-client.ts';
import type { Caller } from '../contract/operations.ts';
import { ApiError } from '../errors/api-error.ts';
import { createResponseId, createSessionId, isResponseId, type ResponseId } from '../ids.ts';
import type { StoredHistory, StoredItem } from '../store/store.ts';
import type { ResponseRequest, ResponseResource, ResponsesDeps } from './responses-deps.ts';
import { toAgentRequest } from './to-agent-request.ts';
import { toInputItems } from './to-input-items.ts';
import { toResource } from './to-resource.ts';

/** Everything that is settled before the agent is asked. */
export interface ResponsePlan {
  id: ResponseId;
  tenant: string;
  parentId: ResponseId | undefined;
  /** This turn's own items. */
  input: StoredItem[];
  agentRequest: AgentRequest;
  /** The response as it starts. */
  resource: ResponseResource;
  reasoningAsSummary: boolean;
}

/** Rejects with an ApiError for a request that can't be served. */
export async function planResponse(
  request: ResponseRequest,
  deps: ResponsesDeps,
  caller: Caller,
): Promise<ResponsePlan> {
  refuseUnsupported(request);
  const input = toInputItems(request.input);
  const previous = await readHistory(request, deps, caller);
  const instructions = request.instructions ?? carriedInstructions(previous, deps);
  const model = request.model ?? (await defaultModel(deps, caller));
  const id = createResponseId();
  return {
    id,
    tenant: caller.tenant,
    parentId: previous?.parentId,
    input,
    agentRequest: toAgentRequest(request, {
      history: previous?.turns.flatMap((turn) => [...turn.input, ...turn.output]) ?? [],
      input,
      instructions,
      sessionId: previous?.sessionId ?? createSessionId(),
    }),
    resource: toResource(request, { id, createdAt: Math.floor(Date.now() / 1000), model, instructions }),
    reasoningAsSummary: (request.reasoning?.summary ?? request.reasoning?.generate_summary ?? null) !== null,
  };
}

type History = StoredHistory & { parentId: ResponseId };

async function readHistory(
  request: ResponseRequest,
  deps: ResponsesDeps,
  caller: Caller,
): Promise<History | undefined> {
  const parentId = request.previous_response_id;
  if (parentId === undefined || parentId === null) return undefined;
  const history = isResponseId(parentId) ? await deps.store.responses.history(caller.tenant, parentId) : undefined;
  if (!history || !isResponseId(parentId)) {
    throw new ApiError('previous_response_not_found', `Previous response not found: ${parentId}`, {
      param: 'previous_response_id',
    });
  }
  return { ...history, parentId };
}

function carriedInstructions(previous: History | undefined, deps: ResponsesDeps): string | null {
  const carried = deps.carryInstructions ? previous?.instructions : null;
  return typeof carried === 'string' ? carried : null;
}

async function defaultModel(deps: ResponsesDeps, caller: Caller): Promise<string> {
  const [first] = await deps.agent.models({ signal: caller.signal });
  if (!first) throw new ApiError('upstream_error', 'The agent offers no models.');
  return first.id;
}

/** What the contract knows and this server has not got is refused in words, never silently dropped. */
function refuseUnsupported(request: ResponseRequest): void {
  if (request.background) throw unsupported('background', 'Background responses are not supported yet.');
  if (request.conversation) {
    throw unsupported('conversation', 'Conversations are not supported yet: use previous_response_id.');
  }
  if (request.prompt) throw unsupported('prompt', 'Stored prompt templates are not available on this server.');
}

function unsupported(param: string, message: string): ApiError {
  return new ApiError('unsupported_parameter', message, { param });
}
