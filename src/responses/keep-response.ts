import type { Store, StoredItem } from '../store/store.ts';
import type { ResponsePlan } from './plan-response.ts';
import type { ResponseResource } from './responses-deps.ts';

/** Stores a response as it ended, unless the client asked not to. Resolves once a later read is certain to see it. */
export async function keepResponse(plan: ResponsePlan, store: Store, response: ResponseResource): Promise<void> {
  if (!response.store) return;
  const { output, ...resource } = response;
  await store.responses.put({
    id: plan.id,
    tenant: plan.tenant,
    parentId: plan.origin.parentId,
    conversationId: plan.origin.conversationId,
    sessionId: plan.agentRequest.sessionId,
    createdAt: response.created_at,
    input: plan.input,
    // Every item of an output has an id; the store looks no further.
    output: output as unknown as StoredItem[],
    resource,
  });
}
