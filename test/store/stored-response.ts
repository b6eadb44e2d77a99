import { createResponseId, type ResponseId } from '../../src/ids.ts';
import type { StoredResponse } from '../../src/store/response-store.ts';

export const tenant = 'tenant-a';

/** Creates a response with one input and one output item. */
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

/** Creates a chain of responses, oldest first. The first continues `parentId`. */
export function createChain(length: number, parentId?: ResponseId): StoredResponse[] {
  let previous = parentId;
  return Array.from({ length }, () => {
    const response = createStoredResponse({ parentId: previous });
    previous = response.id;
    return response;
  });
}
