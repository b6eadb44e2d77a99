import type { Store } from '../store/store.ts';
import type { StoredItem } from '../store/stored-item.ts';
import type { ResponsePlan } from './plan-response.ts';
import type { ResponseResource } from './responses-deps.ts';

/**
 * Stores a response as it ended, unless the client asked not to, and adds its turn to its conversation in the same
 * step. A turn that failed or was cut off is no part of a conversation. Resolves once a later read is certain to see it.
 */
export async function keepResponse(plan: ResponsePlan, store: Store, response: ResponseResource): Promise<void> {
  const { output, ...resource } = response;
  // Every item of an output has an id; the store looks no further.
  const items = output as unknown as StoredItem[];
  const isTurn = response.status === 'completed' || response.status === 'incomplete';
  const conversationId = isTurn ? plan.origin.conversationId : undefined;
  if (!response.store) {
    if (conversationId) await store.conversations.append(plan.tenant, conversationId, [...plan.input, ...items]);
    return;
  }
  await store.responses.put({
    id: plan.id,
    tenant: plan.tenant,
    parentId: plan.origin.parentId,
    conversationId,
    sessionId: plan.agentRequest.sessionId,
    createdAt: response.created_at,
    input: plan.input,
    output: items,
    resource,
  });
}
