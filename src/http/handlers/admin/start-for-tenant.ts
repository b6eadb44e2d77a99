import type { FollowUp } from '../../../admin/approvals/answer-approval.ts';
import type { Caller } from '../../../contract/operations.ts';
import type { Schemas } from '../../../contract/types.ts';
import { createResponse } from '../../../responses/create-response.ts';
import { readResponse } from '../../../responses/read-response.ts';
import type { HandlerDeps } from '../../handler-deps.ts';

type Started = Pick<FollowUp, 'request' | 'tenant'> & Partial<Pick<FollowUp, 'waivers'>>;

/** Starts a background response of a tenant for an operator. Returns it, queued. */
export async function startForTenant(
  { request, tenant, waivers }: Started,
  deps: HandlerDeps,
  { signal, requestId }: Pick<Caller, 'signal' | 'requestId'>,
): Promise<Schemas['ResponseResource']> {
  const caller = { tenant, signal, requestId, isOperator: true, key: undefined, waivers };
  const { id, queued } = await createResponse(request, { ...deps, agent: deps.agentOf(tenant) }, caller);
  return queued ?? (await readResponse(id, deps, tenant));
}
