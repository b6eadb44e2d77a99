import { createResponseId, type ResponseId } from '../../src/ids.ts';
import type { StoredResponse } from '../../src/store/response-store.ts';

export const tenant = 'tenant-a';

/** A response with one item on each side, so that a test says only what it is about. */
export function createStoredResponse(fields: Partial<StoredResponse> = {}): StoredResponse {
  const id = fields.id ?? createResponseId();
  return {
    id,
    tenant,
    parentId: undefined,
    conversationId: undefined,
    sessionId: 'sess_1',
    createdAt: 1_700_000_000,
    input: [{ id: `msg_in_${id}`, type: 'message', role: 'user', content: 'Hello' }],
    output: [{ id: `msg_out_${id}`, type: 'message', role: 'assistant', content: 'Hello to you' }],
    resource: { id, object: 'response', instructions: null },
    ...fields,
  };
}

/** Responses that each continue the one before, oldest first; the first continues `parentId`. */
export function createChain(length: number, parentId?: ResponseId): StoredResponse[] {
  let previous = parentId;
  return Array.from({ length }, () => {
    const response = createStoredResponse({ parentId: previous });
    previous = response.id;
    return response;
  });
}
