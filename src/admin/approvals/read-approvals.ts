import { limits } from '../../config/limits.ts';
import type { Schemas } from '../../contract/types.ts';
import { ApiError } from '../../errors/api-error.ts';
import type { Services } from '../../services.ts';
import type { StoredApproval } from '../../store/approval-store.ts';
import { openApproval } from './open-approval.ts';
import { toApproval } from './to-approval.ts';

type Deps = Pick<Services, 'store' | 'sealer'>;

/** Returns an approval of any tenant. Throws `approval_not_found`. */
export async function findApproval(id: string, { store }: Pick<Deps, 'store'>): Promise<StoredApproval> {
  const approval = await store.approvals.find(id);
  if (approval) return approval;
  const message = `Approval request '${id}' not found. It may have expired, or its response was deleted.`;
  throw new ApiError('approval_not_found', message, { param: 'approval_id' });
}

/** Describes approvals for a person who answers them. `now`: Unix seconds. */
export async function describeApprovals(
  approvals: readonly StoredApproval[],
  deps: Deps,
  now: number,
): Promise<Schemas['Approval'][]> {
  const tenants = new Set(approvals.map(({ tenant }) => tenant));
  const recent = new Map(
    await Promise.all([...tenants].map(async (tenant) => [tenant, await listRecent(tenant, deps, now)] as const)),
  );
  return approvals.map((approval) => {
    const previous = findPrevious(approval, recent.get(approval.tenant) ?? []);
    const state = openApproval(approval, deps.sealer);
    const model = state?.request?.['model'];
    return toApproval(approval, {
      arguments: state?.arguments,
      previousArguments: previous && openApproval(previous, deps.sealer)?.arguments,
      model: typeof model === 'string' ? model : undefined,
      now,
    });
  });
}

/** Returns the newest approvals of a tenant, of any state. */
async function listRecent(tenant: string, { store }: Deps, now: number): Promise<StoredApproval[]> {
  const page = await store.approvals.listAll({ tenant, status: 'all', limit: limits.comparedApprovals, now });
  return page === 'unknown-after' ? [] : page.data;
}

/** Returns the last approval for the same tool before this one. `recent`: the newest first. */
function findPrevious(
  { id, server, tool }: StoredApproval,
  recent: readonly StoredApproval[],
): StoredApproval | undefined {
  const place = recent.findIndex((other) => other.id === id);
  return place === -1
    ? undefined
    : recent.slice(place + 1).find((other) => other.server === server && other.tool === tool);
}
