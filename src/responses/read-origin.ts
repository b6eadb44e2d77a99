import type { Caller } from '../contract/operations.ts';
import { ApiError } from '../errors/api-error.ts';
import { type ConversationId, createSessionId, isConversationId, isResponseId, type ResponseId } from '../ids.ts';
import type { StoredItem } from '../store/stored-item.ts';
import { isRunning } from './read-response.ts';
import type { ResponseRequest, ResponsesDeps } from './responses-deps.ts';

/** What a turn builds on: a chain of responses, a conversation, or nothing. */
export interface Origin {
  history: StoredItem[];
  sessionId: string;
  parentId: ResponseId | undefined;
  conversationId: ConversationId | undefined;
  /** Those of the previous response, for the chain to carry over. */
  instructions: string | null;
}

/** Throws an ApiError when what the request names is not there. */
export async function readOrigin(request: ResponseRequest, deps: ResponsesDeps, caller: Caller): Promise<Origin> {
  const { previous_response_id: previousId, conversation } = request;
  if (previousId && conversation) {
    const message = "Send either 'previous_response_id' or 'conversation', not both.";
    throw new ApiError('invalid_value', message, { param: 'previous_response_id' });
  }
  if (previousId) return readChain(previousId, deps, caller);
  if (conversation)
    return readConversation(typeof conversation === 'string' ? conversation : conversation.id, deps, caller);
  return { ...nothing, sessionId: createSessionId() };
}

const nothing = { history: [], parentId: undefined, conversationId: undefined, instructions: null };

async function readChain(id: string, deps: ResponsesDeps, { tenant }: Caller): Promise<Origin> {
  const stored = isResponseId(id) ? await deps.store.responses.history(tenant, id) : undefined;
  if (!stored || !isResponseId(id)) {
    const param = 'previous_response_id';
    throw new ApiError('previous_response_not_found', `Previous response not found: ${id}`, { param });
  }
  if (isRunning(stored)) {
    const message = 'Previous response is still in progress: wait for it to end, then try again.';
    throw new ApiError('previous_response_in_progress', message, { param: 'previous_response_id' });
  }
  const history = stored.turns.flatMap((turn) => [...turn.input, ...turn.output]);
  const instructions = deps.carryInstructions && typeof stored.instructions === 'string' ? stored.instructions : null;
  return { ...nothing, history, sessionId: stored.sessionId, parentId: id, instructions };
}

async function readConversation(id: string, deps: ResponsesDeps, { tenant }: Caller): Promise<Origin> {
  const stored = isConversationId(id) ? await deps.store.conversations.history(tenant, id) : undefined;
  if (!stored || !isConversationId(id)) {
    throw new ApiError('conversation_not_found', `Conversation not found: ${id}`, { param: 'conversation' });
  }
  return { ...nothing, history: stored.items, sessionId: stored.sessionId, conversationId: id };
}
