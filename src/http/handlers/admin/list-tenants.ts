import { listTenants as list } from '../../../admin/list-tenants.ts';
import type { Handler } from '../../../contract/operations.ts';
import type { HandlerDeps } from '../../handler-deps.ts';
import { ok } from '../../ok.ts';
import { toUnixSeconds } from '../../to-cursor-request.ts';

export function listTenants(deps: Pick<HandlerDeps, 'store' | 'tenants'>): Handler<'listTenants'> {
  return async () => ok(await list(deps, toUnixSeconds(Date.now())));
}
