import type { Schemas } from '../contract/types.ts';
import type { FoundResponse } from '../store/response-store.ts';

/** Maps a found response to the contract's. */
export const toResponseSummary = (found: FoundResponse): Schemas['ResponseSummary'] => ({
  id: found.id,
  object: 'response.summary',
  tenant: found.tenant,
  previous_response_id: found.parentId ?? null,
  conversation_id: found.conversationId ?? null,
  created_at: found.createdAt,
  model: found.model ?? null,
  status: found.status ?? null,
  preview: found.inputText ?? null,
});
