import type { Schemas } from '../contract/types.ts';
import type { Services } from '../services.ts';
import type { FoundResponse } from '../store/response-store.ts';
import { readStatus } from './read-status.ts';

/** Returns a found response in the form of the contract. */
export const readResponseSummary = async (
  found: FoundResponse,
  deps: Pick<Services, 'store'>,
): Promise<Schemas['ResponseSummary']> => ({
  id: found.id,
  object: 'response.summary',
  tenant: found.tenant,
  previous_response_id: found.parentId ?? null,
  conversation_id: found.conversationId ?? null,
  created_at: found.createdAt,
  model: found.model ?? null,
  status: await readStatus(found, deps),
  preview: found.inputText ?? null,
});
