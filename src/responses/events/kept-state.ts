import type { EncryptedReasoning } from '../../agent/agent-client.ts';
import { keepEncrypted } from '../../items/agent-encrypted.ts';
import type { StoredItem } from '../../store/stored-item.ts';
import type { OutputItem } from '../responses-deps.ts';

/** Data that the agent needs for the next turn and the client did not ask for. It is stored, and never sent. */
export class KeptState {
  /** Encrypted reasoning, by the id of its item. */
  readonly encrypted = new Map<string, EncryptedReasoning>();
  agentState: string | undefined;

  /** Returns the output as it is stored. */
  toStoredOutput(output: OutputItem[]): StoredItem[] {
    if (this.encrypted.size === 0) return output;
    return output.map((item) => keepEncrypted(item, this.encrypted.get(item.id)));
  }
}
