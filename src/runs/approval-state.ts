import type { Sealer } from '../seal/seal.ts';

/** What an operator needs to see a call that waits for approval, and to answer it for the tenant. Stored sealed. */
export interface ApprovalState {
  /** The JSON text that the model wrote. */
  arguments: string;
  /**
   * The fields that a follow-up request repeats: `model`, `tools` with their secrets, `instructions`, `conversation` and so
   * on. One with a `conversation` continues it instead of the response. Omitted: they are too large.
   */
  request?: Readonly<Record<string, unknown>>;
  /** Calls that an operator has freed from approval in the run. Omitted: none. */
  waivers?: readonly { server: string; tool?: string }[];
}

interface ApprovalScope {
  sealer: Sealer;
  tenant: string;
}

export const sealApprovalState = (state: ApprovalState, { sealer, tenant }: ApprovalScope): string =>
  sealer.seal({ tenant, kind: 'approval' }, JSON.stringify(state));

/** Returns `undefined` for a state that was sealed with another key. */
export function openApprovalState(
  sealed: string,
  { sealer, tenant, maxBytes }: ApprovalScope & { maxBytes: number },
): ApprovalState | undefined {
  const text = sealer.open({ tenant, kind: 'approval' }, sealed, maxBytes);
  return text === undefined ? undefined : (JSON.parse(text) satisfies ApprovalState);
}
