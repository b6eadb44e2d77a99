import type { StoredResponse } from '../../store/response-store.ts';
import type { ResponsePlan } from '../plan/plan-response.ts';
import type { ResponseEvent, ResponseResource, ResponsesDeps } from '../responses-deps.ts';
import type { ResponseLog } from './response-log.ts';

/** What is kept of a plan. */
export type KeptPlan = Pick<ResponsePlan, 'id' | 'tenant' | 'origin' | 'input' | 'expiresAt'>;

/** The end of a run that has a log. */
export interface LoggedEnd {
  log: ResponseLog;
  /** Its last events. */
  events: readonly ResponseEvent[];
}

/**
 * Stores a response as it ended, unless the client asked not to, and adds its turn to its conversation in the same
 * step; ends its log in that step too. A turn that failed or was cut off is no part of a conversation. Resolves once a
 * later read is certain to see it.
 */
export async function keepResponse(
  plan: KeptPlan,
  { store, memory }: Pick<ResponsesDeps, 'store' | 'memory'>,
  { response, logged }: { response: ResponseResource; logged?: LoggedEnd | undefined },
): Promise<void> {
  const stored = toStored(plan, response);
  if (response.store) {
    await (logged ? logged.log.end(logged.events, stored) : store.responses.put(stored));
    memory?.remember(stored, true);
    return;
  }
  const { tenant, conversationId, input, output, expiresAt } = stored;
  if (conversationId) await store.conversations.append(tenant, conversationId, [...input, ...output], expiresAt);
  if (isTurn(response)) memory?.remember(stored, false);
  await logged?.log.end(logged.events, undefined);
}

/** A response in the form in which it is stored. */
export function toStored(
  { id, tenant, origin, input, expiresAt }: KeptPlan,
  response: ResponseResource,
): StoredResponse {
  const { output, ...resource } = response;
  return {
    id,
    tenant,
    parentId: origin.parentId,
    conversationId: isTurn(response) ? origin.conversationId : undefined,
    sessionId: origin.sessionId,
    createdAt: response.created_at,
    expiresAt,
    input,
    output,
    resource,
  };
}

const isTurn = ({ status }: ResponseResource): boolean => status === 'completed' || status === 'incomplete';
