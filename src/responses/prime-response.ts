import { noUsage } from '../agent/usage/add-usage.ts';
import type { Caller } from '../contract/operations.ts';
import { createResponseId } from '../ids.ts';
import { ToolSet } from '../tools/tool-set.ts';
import { latestResponse } from './events/latest-response.ts';
import { ResponseAssembler } from './events/response-assembler.ts';
import { defaultModel } from './plan/default-model.ts';
import { readTurn } from './plan/read-turn.ts';
import { toResource } from './plan/to-resource.ts';
import type { ResponseEvent, ResponseRequest, ResponseResource, ResponsesDeps } from './responses-deps.ts';
import { holdTurn } from './run/hold-turn.ts';
import { keepResponse } from './run/keep-response.ts';

/**
 * A turn that only takes its input in: it completes with an empty output, and a later turn can continue it. The agent
 * answers nothing, so an input without a user message is enough. Gives every event of the response, which is kept by
 * then; rejects with an ApiError, and nothing kept, when the request can't be served.
 */
export async function primeResponse(
  request: ResponseRequest,
  deps: ResponsesDeps,
  caller: Caller,
): Promise<ResponseEvent[]> {
  await using _held = await holdTurn(request, deps, caller.tenant);
  const { origin, input } = await readTurn(request, deps, caller);
  const { tenant } = caller;
  const id = createResponseId();
  const createdAt = Math.floor(Date.now() / 1000);
  const resource = toResource(request, {
    id,
    createdAt,
    model: request.model || (await defaultModel(deps, caller)),
    instructions: request.instructions ?? origin.instructions,
    conversationId: origin.conversationId,
  });
  const events = toEvents(resource, createdAt);
  const response = latestResponse(events);
  const plan = { id, tenant, origin, input, expiresAt: deps.expiresAt(tenant) };
  if (response) await keepResponse(plan, deps, { response });
  return events;
}

function toEvents(resource: ResponseResource, completedAt: number): ResponseEvent[] {
  const options = { tools: new ToolSet(), reasoningAsSummary: false, seal: undefined };
  const assembler = new ResponseAssembler(resource, options);
  return [...assembler.start(), ...assembler.end(noUsage, completedAt)];
}
