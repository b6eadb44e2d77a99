import type { ChatCompletionQuery } from '../chat-completion-store.ts';

/** Whether a completion matches the filters of a list. */
export function matchesQuery(
  completion: { model: string; metadata: Record<string, string> },
  { model, metadata = {} }: ChatCompletionQuery,
): boolean {
  if (model !== undefined && completion.model !== model) return false;
  return Object.entries(metadata).every(([name, value]) => completion.metadata[name] === value);
}
