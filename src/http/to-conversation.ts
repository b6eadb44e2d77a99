import type { Schemas } from '../contract/types.ts';
import type { StoredConversation } from '../store/conversation-store.ts';

export function toConversation({ id, createdAt, metadata }: StoredConversation): Schemas['Conversation'] {
  return { id, object: 'conversation', created_at: createdAt, metadata };
}
