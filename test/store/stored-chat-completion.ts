import { createChatCompletionId } from '../../src/ids.ts';
import type { ListedChatCompletion, StoredChatCompletion } from '../../src/store/chat-completion-store.ts';
import { tenant } from './stored-response.ts';

/** Creates a completion with one message. */
export function createStoredChatCompletion(fields: Partial<StoredChatCompletion> = {}): StoredChatCompletion {
  const id = fields.id ?? createChatCompletionId();
  return {
    id,
    tenant,
    createdAt: 1_700_000_000,
    model: 'model-a',
    metadata: {},
    messages: [{ id: `${id}-0`, role: 'user', content: 'Hello' }],
    resource: { id, object: 'chat.completion' },
    ...fields,
  };
}

/** Returns the listed form. */
export function toListed({ messages: _, ...listed }: StoredChatCompletion): ListedChatCompletion {
  return listed;
}
