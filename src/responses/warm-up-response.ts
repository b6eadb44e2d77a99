import { defaultModel } from '../agent/default-model.ts';
import { noUsage } from '../agent/usage/add-usage.ts';
import type { Caller } from '../contract/operations.ts';
import type { ResponseId } from '../ids.ts';
import { ToolSet } from '../tools/tool-set.ts';
import { latestResponse } from './events/latest-response.ts';
import { ResponseAssembler } from './events/response-assembler.ts';
import { applyUpdates } from './plan/apply-updates.ts';
import { findServers } from './plan/find-servers.ts';
import { listTools } from './plan/list-tools.ts';
import { readTurn } from './plan/read-turn.ts';
import { toResource } from './plan/to-resource.ts';
import type { ResponseEvent, ResponseRequest, ResponseResource, ResponsesDeps } from './responses-deps.ts';
import { lockTurn } from './run/lock-turn.ts';
import { storeResponse } from './run/store-response.ts';

/**
 * Completes a turn with `generate: false`: it stores the input, with an empty output, for later turns to continue. The agent
 * is not called, so the input needs no user message. Returns all events of the response, which is stored by then. Rejects
 * with an ApiError when the request is invalid: nothing is stored.
 */
export async function warmUpResponse(
  request: ResponseRequest,
  deps: ResponsesDeps,
  caller: Caller & { id: ResponseId },
): Promise<ResponseEvent[]> {
  const { id, tenant, signal } = caller;
  await using _resources = await lockTurn(request, deps, tenant);
  const { origin, input, speaksResponses } = await readTurn(request, deps, caller);
  const turn = { history: origin.history, input, tenant, speaksResponses };
  findServers(listTools(request, turn), turn, deps);
  const createdAt = Math.floor(Date.now() / 1000);
  const resource = toResource(applyUpdates(request, [...origin.history, ...input]), {
    id,
    createdAt,
    model: request.model || (await defaultModel(deps.agent, signal)),
    instructions: request.instructions ?? origin.instructions,
    conversationId: origin.conversationId,
  });
  const events = toEvents(resource, createdAt);
  const response = latestResponse(events);
  const plan = { id, tenant, origin, input, expiresAt: deps.expiresAt(tenant) };
  if (response) await storeResponse(plan, deps, { response });
  return events;
}

function toEvents(resource: ResponseResource, completedAt: number): ResponseEvent[] {
  const options = { tools: new ToolSet(), reasoningAsSummary: false, seal: undefined };
  const assembler = new ResponseAssembler(resource, options);
  return [...assembler.start(), ...assembler.end(noUsage, completedAt)];
}
