import type { AgentPart } from './agent-client.ts';

/** The text of a message's parts, one below the other; pictures and files have none. */
export function toText(parts: readonly AgentPart[]): string {
  return parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
}
