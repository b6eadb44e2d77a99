import type { Schemas } from '../contract/types.ts';
import type { ListedChatCompletion } from '../store/chat-completion-store.ts';

/** Returns a stored completion as it was sent, with its current metadata. */
export function fromStoredCompletion({ resource, metadata }: ListedChatCompletion): Schemas['ChatCompletion'] {
  // The store holds completions of this contract only.
  return { ...(resource as Schemas['ChatCompletion']), metadata };
}
