import type { StoredResponse } from '../store/response-store.ts';
import type { Store } from '../store/store.ts';
import type { StoredItem } from '../store/stored-item.ts';
import type { ResponsePlan } from './plan-response.ts';
import type { ResponseResource } from './responses-deps.ts';

/** A store that also remembers what the client asked not to store, for as long as its connection lasts. */
export interface RetainingStore extends Store {
  retain(response: StoredResponse): void;
}

/** What is kept of a plan. */
type KeptPlan = Pick<ResponsePlan, 'id' | 'tenant' | 'origin' | 'input'>;

/**
 * Stores a response as it ended, unless the client asked not to, and adds its turn to its conversation in the same
 * step. A turn that failed or was cut off is no part of a conversation. Resolves once a later read is certain to see it.
 */
export async function keepResponse(plan: KeptPlan, store: Store, response: ResponseResource): Promise<void> {
  const stored = toStored(plan, response);
  if (response.store) return store.responses.put(stored);
  const { tenant, conversationId, input, output } = stored;
  if (conversationId) await store.conversations.append(tenant, conversationId, [...input, ...output]);
  if (isTurn(response) && isRetaining(store)) store.retain(stored);
}

function toStored({ id, tenant, origin, input }: KeptPlan, response: ResponseResource): StoredResponse {
  const { output, ...resource } = response;
  return {
    id,
    tenant,
    parentId: origin.parentId,
    conversationId: isTurn(response) ? origin.conversationId : undefined,
    sessionId: origin.sessionId,
    createdAt: response.created_at,
    input,
    // Every item of an output has an id; the store looks no further.
    output: output as unknown as StoredItem[],
    resource,
  };
}

const isTurn = ({ status }: ResponseResource): boolean => status === 'completed' || status === 'incomplete';

const isRetaining = (store: Store): store is RetainingStore => 'retain' in store;
