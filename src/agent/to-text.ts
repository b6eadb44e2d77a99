import type { AgentPart } from './agent-client.ts';

/** Returns the text parts of a message, joined by line breaks. Images and files are skipped. */
export function toText(parts: readonly AgentPart[]): string {
  return parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
}
