import { constants } from 'node:buffer';
import { type ApprovalState, openApprovalState } from '../../runs/approval-state.ts';
import type { Sealer } from '../../seal/seal.ts';
import type { StoredApproval } from '../../store/approval-store.ts';

/** Returns the state of an approval; `undefined`: an earlier version stored none, or sealed it with another key. */
export function openApproval({ tenant, state }: StoredApproval, sealer: Sealer): ApprovalState | undefined {
  if (state === undefined) return undefined;
  return openApprovalState(state, { sealer, tenant, maxBytes: constants.MAX_STRING_LENGTH });
}
