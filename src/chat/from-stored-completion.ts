import type { ListedChatCompletion } from '../store/chat-completion-store.ts';
import type { ChatCompletion } from './chat-deps.ts';

/** A stored completion as it was sent, with its metadata of now. */
export function fromStoredCompletion({ resource, metadata }: ListedChatCompletion): ChatCompletion {
  // The store returns what was put there: a completion of this contract.
  return { ...(resource as ChatCompletion), metadata };
}
