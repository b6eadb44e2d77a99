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

/** Returns an id of the path. The compiler cannot follow the parameters of a generic operation. */
const toId = ({ path }: object & { path?: unknown }, name: string): string =>
  (path as Record<string, string>)[name] ?? '';

/** Runs an operation of tenants as the owner of the response. */
export function asResponseOwner<K extends keyof OfResponse>(
  handler: Handler<OfResponse[K]>,
  deps: StoreDeps,
): Handler<K> {
  const run = handler as (input: object) => ReturnType<Handler<K>>;
  return async (input) => run({ ...input, tenant: await findResponseOwner(toId(input, 'response_id'), deps) });
}

/** Runs an operation of tenants as the owner of the conversation. */
export function asConversationOwner<K extends keyof OfConversation>(
  handler: Handler<OfConversation[K]>,
  deps: StoreDeps,
): Handler<K> {
  const run = handler as (input: object) => ReturnType<Handler<K>>;
  return async (input) => run({ ...input, tenant: await findConversationOwner(toId(input, 'conversation_id'), deps) });
}
