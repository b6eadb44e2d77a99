import type { EncryptedReasoning, HostedCall } from '../agent/agent-client.ts';
import type { StoredItem } from '../store/stored-item.ts';

/** Fields of a stored item that this server needs for later turns. They are never sent to a client. */
export interface KeptFields {
  /** Reasoning that only its agent can read. */
  agent_encrypted?: EncryptedReasoning;
  /** Marks a call that the tool loop ran: the id of the first call of its reply. Calls of one reply belong together. */
  agent_reply?: string;
  /** The call of an MCP tool that the item of a hosted tool stands for. */
  agent_call?: HostedCall;
  /** Marks an item of a reply that was cut and replaced by another: later turns omit it. */
  agent_superseded?: true;
}

const names = [
  'agent_encrypted',
  'agent_reply',
  'agent_call',
  'agent_superseded',
] as const satisfies (keyof KeptFields)[];

/** Returns a stored item with its kept fields. */
export const keepFields = (item: StoredItem, fields: KeptFields | undefined): StoredItem =>
  fields ? { ...item, ...fields } : item;

/** Returns a stored item as a client receives it. */
export function withoutKept(item: StoredItem): StoredItem {
  if (!names.some((name) => name in item)) return item;
  const rest = { ...item };
  for (const name of names) delete rest[name];
  return rest;
}

/** Whether another reply replaced the one that the item belongs to. */
export const isSuperseded = (item: StoredItem): boolean => item['agent_superseded'] === true;
