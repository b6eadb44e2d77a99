import { constants } from 'node:buffer';
import type { ApprovalWaiver } from '../agent/loop/loop-request.ts';
import type { Sealer } from '../seal/seal.ts';
import type { StoredApproval } from '../store/approval-store.ts';

/** What an operator needs to see and to answer an approval. Stored sealed, since tools may hold secrets. */
export interface ApprovalState {
  /** The JSON text that the model wrote. */
  arguments: string;
  /** The tools of the request, as the client sent them. */
  tools: unknown[];
  /** Calls that an operator has freed from approval. */
  waivers: readonly ApprovalWaiver[];
}

/** Returns the state of an approval; `undefined` for one without, or that was sealed with another key. */
export function openApproval({ tenant, state }: StoredApproval, sealer: Sealer): ApprovalState | undefined {
  if (state === undefined) return undefined;
  const text = sealer.open({ tenant, kind: 'approval' }, state, constants.MAX_STRING_LENGTH);
  return text === undefined ? undefined : JSON.parse(text);
}
