import type { AgentMessage } from '../agent/agent-client.ts';
import type { Schemas } from '../contract/types.ts';
import { ApiError } from '../errors/api-error.ts';
import type { Sealer } from '../seal/seal.ts';
import type { StoredItem } from '../store/stored-item.ts';

/** What a compaction item holds: a history in short, and what of it must stay word for word. */
export interface CompactedHistory {
  summary: string;
  messages: AgentMessage[];
}

export type OpenSealed = (sealed: string) => string | undefined;

/** Opens what was sealed for a tenant; `undefined` for anything else. */
export function openFor(sealer: Sealer, tenant: string): OpenSealed {
  return (sealed) => sealer.open(tenant, sealed);
}

/** The `encrypted_content` of a compaction item. */
export function sealCompaction(sealer: Sealer, tenant: string, { summary, messages }: CompactedHistory): string {
  return sealer.seal(tenant, JSON.stringify({ summary, messages }));
}

/** Throws `invalid_encrypted_content` for a summary that was not made here. `param` names the item. */
export function openCompaction(item: { encrypted_content: string }, open: OpenSealed, param: string): CompactedHistory {
  const text = open(item.encrypted_content);
  if (text === undefined) throw unreadable(param);
  // Only `sealCompaction` can have made it.
  return JSON.parse(text) as CompactedHistory;
}

/** The text of reasoning; when it came without, what the client kept for us sealed. */
export function readReasoning(stored: StoredItem, open: OpenSealed, param: string): string | undefined {
  // In the form that `toInputItems` and the assembler made.
  const item = stored as unknown as Schemas['ReasoningItem'];
  const shown = [...(item.content ?? []), ...(item.summary ?? [])].map((part) => part.text).join('\n');
  const sealed = stored['encrypted_content'];
  if (shown || typeof sealed !== 'string') return shown || undefined;
  const text = open(sealed);
  if (text === undefined) throw unreadable(param);
  return text;
}

function unreadable(param: string): ApiError {
  const message = 'The encrypted content could not be verified: it was not made by this server, or was changed.';
  return new ApiError('invalid_encrypted_content', message, param ? { param: `${param}.encrypted_content` } : {});
}
