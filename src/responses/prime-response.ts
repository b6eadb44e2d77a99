import type { Caller } from '../contract/operations.ts';
import { createResponseId } from '../ids.ts';
import { resolveReferences } from '../items/resolve-references.ts';
import { toInputItems } from '../items/to-input-items.ts';
import { noUsage } from '../tokens/add-usage.ts';
import { checkPairs } from './check-pairs.ts';
import { defaultModel } from './default-model.ts';
import { holdTurn } from './hold-turn.ts';
import { keepResponse } from './keep-response.ts';
import { readOrigin } from './read-origin.ts';
import { ResponseAssembler } from './response-assembler.ts';
import type { ResponseEvent, ResponseRequest, ResponseResource, ResponsesDeps } from './responses-deps.ts';
import { toResource } from './to-resource.ts';
import { toToolSet } from './to-tool-set.ts';

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
  const origin = await readOrigin(request, deps, caller);
  const { store } = deps;
  const { tenant } = caller;
  // There is nothing to compact yet.
  const items = toInputItems(request.input).filter((item) => item['type'] !== 'compaction_trigger');
  const input = await resolveReferences(items, { store, tenant, list: 'input' });
  checkPairs(origin.history, input);
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
  const last = events.at(-1);
  const plan = { id, tenant, origin, input, expiresAt: deps.expiresAt(tenant) };
  if (last && 'response' in last) await keepResponse(plan, store, { response: last.response });
  return events;
}

function toEvents(resource: ResponseResource, completedAt: number): ResponseEvent[] {
  const { set: tools } = toToolSet([]);
  const assembler = new ResponseAssembler(resource, { tools, reasoningAsSummary: false, seal: undefined });
  return [...assembler.start(), ...assembler.end(noUsage, completedAt)];
}
