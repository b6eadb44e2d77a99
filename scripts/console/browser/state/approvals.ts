import { listApprovals } from '../api/operations.ts';
import type { Approval } from '../api/types.ts';
import { createStore } from './store.ts';

/** The pending approvals of all tenants, the oldest first; undefined before they are known. */
export const pendingApprovals = createStore<readonly Approval[] | undefined>(undefined);

/** Most approvals that are shown at once. The rest follows as they are answered. */
const shown = 100;

const answered = new Set<string>();

/** Loads the pending approvals. */
export async function loadApprovals(signal: AbortSignal): Promise<void> {
  const { data } = await listApprovals({ status: 'pending', limit: shown }, signal);
  pendingApprovals.set(data.filter(({ id }) => !answered.has(id)).toReversed());
}

/** Removes an approval that was answered. A list that was requested before the answer doesn't bring it back. */
export function forgetApproval(id: string): void {
  answered.add(id);
  pendingApprovals.set(pendingApprovals.get()?.filter((approval) => approval.id !== id));
}
