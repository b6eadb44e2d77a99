import { findConversationOwner, findResponseOwner } from '../../../admin/find-owner.ts';
import type { Handler } from '../../../contract/operations.ts';
import type { HandlerDeps } from '../../handler-deps.ts';

type StoreDeps = Pick<HandlerDeps, 'store'>;

/** Operations of operators on one response, each with the operation of tenants that it is. */
interface OfResponse {
  getAnyResponse: 'getResponse';
  deleteAnyResponse: 'deleteResponse';
  listAnyInputItems: 'listInputItems';
}

interface OfConversation {
  deleteAnyConversation: 'deleteConversation';
  listAnyConversationItems: 'listConversationItems';
}

/** Runs an operation of tenants as the owner of the response. */
export function asResponseOwner<K extends keyof OfResponse>(
  handler: Handler<OfResponse[K]>,
  deps: StoreDeps,
): Handler<K> {
  const run = handler as (input: object) => ReturnType<Handler<K>>;
  return async (input) => run({ ...input, tenant: await findResponseOwner(input.path.response_id, deps) });
}

/** Runs an operation of tenants as the owner of the conversation. */
export function asConversationOwner<K extends keyof OfConversation>(
  handler: Handler<OfConversation[K]>,
  deps: StoreDeps,
): Handler<K> {
  const run = handler as (input: object) => ReturnType<Handler<K>>;
  return async (input) => run({ ...input, tenant: await findConversationOwner(input.path.conversation_id, deps) });
}
