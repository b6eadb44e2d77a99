import { withoutSecrets } from '../../items/without-secrets.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { EventLog } from '../../runs/event-log.ts';
import type { StoredResponse } from '../../store/response-store.ts';
import type { KeptState } from '../events/kept-state.ts';
import type { ResponsePlan } from '../plan/plan-response.ts';
import type { ResponseResource, ResponsesDeps } from '../responses-deps.ts';
import { toTurnFragment } from './to-turn-fragment.ts';

/** The part of a plan that is stored. */
export type StoredPlan = Pick<ResponsePlan, 'id' | 'tenant' | 'origin' | 'input' | 'expiresAt'>;

/** The end of a logged run. */
export interface LoggedEnd {
  log: EventLog;
  /** The JSON texts of the last events. */
  texts: readonly string[];
}

/**
 * Stores a response that has ended, unless the client asked not to, and adds the turn to its conversation. Both, the end
 * of the log and the webhooks are one transaction when the response is stored. A failed or cancelled turn is not added to
 * a conversation. Later reads are certain to see the result.
 */
export async function storeResponse(
  plan: StoredPlan,
  { store, memory, announcer }: Pick<ResponsesDeps, 'store' | 'memory' | 'announcer'>,
  { response, logged, kept }: { response: ResponseResource; logged?: LoggedEnd | undefined; kept?: KeptState },
): Promise<void> {
  const stored = toStored(plan, response, kept);
  if (response.store) {
    stored.fragment = toTurnFragment(plan.origin, [...stored.input, ...stored.output]);
    const webhooks = announcer?.responseEnded(plan.tenant, response);
    await (logged ? logged.log.end(logged.texts, stored, webhooks) : store.responses.put(stored));
    memory?.remember(stored, true);
    return;
  }
  const { tenant, conversationId, input, output, expiresAt } = stored;
  if (conversationId) await store.conversations.append(tenant, conversationId, [...input, ...output], expiresAt);
  if (isTurn(response)) memory?.remember(stored, false);
  await logged?.log.end(logged.texts);
}

/** Maps a response to its stored form. */
export function toStored(
  { id, tenant, origin, input, expiresAt }: StoredPlan,
  response: ResponseResource,
  kept?: KeptState,
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
    input: input.map(withoutSecrets),
    output: kept?.toStoredOutput(output) ?? output,
    resource: { ...resource, ...omitUndefined({ agent_state: kept?.agentState }) },
  };
}

const isTurn = ({ status }: ResponseResource): boolean => status === 'completed' || status === 'incomplete';
