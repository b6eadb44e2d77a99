import { readLoad } from '../../../admin/read-load.ts';
import type { Handler } from '../../../contract/operations.ts';
import type { HandlerDeps } from '../../handler-deps.ts';
import { ok } from '../../ok.ts';
import { toUnixSeconds } from '../../to-cursor-request.ts';

export function getLoad(deps: Pick<HandlerDeps, 'store'>): Handler<'getLoad'> {
  return async ({ query: { period = 'hour', tenant } }) =>
    ok(await readLoad(deps, { period, tenant, now: toUnixSeconds(Date.now()) }));
}
