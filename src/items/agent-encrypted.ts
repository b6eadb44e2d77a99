import type { EncryptedReasoning } from '../agent/agent-client.ts';
import type { StoredItem } from '../store/stored-item.ts';

/** The field of a stored reasoning item that holds the agent's encrypted content. It is never sent to a client. */
const field = 'agent_encrypted';

/** Returns a stored item with the encrypted content of its agent. */
export function keepEncrypted(item: StoredItem, encrypted: EncryptedReasoning | undefined): StoredItem {
  return encrypted ? { ...item, [field]: encrypted } : item;
}

/** Returns a stored item as a client receives it. */
export function withoutEncrypted(item: StoredItem): StoredItem {
  if (!(field in item)) return item;
  const { [field]: _encrypted, ...rest } = item;
  return rest;
}
