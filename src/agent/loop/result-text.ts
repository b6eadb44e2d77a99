import type { AgentPart } from '../agent-client.ts';

/** Returns the text of a result. Parts of other kinds, which only the model receives, are named. */
export const toResultText = (content: readonly AgentPart[]): string =>
  content.map((part) => (part.type === 'text' ? part.text : `[${part.type}]`)).join('\n');
