import type { Caller } from '../../contract/operations.ts';
import { ApiError } from '../../errors/api-error.ts';
import { conversationNotFound } from '../../errors/not-found.ts';
import { type ConversationId, createSessionId, isConversationId, isResponseId, type ResponseId } from '../../ids.ts';
import type { HistoryBounds, HistoryLimits, LimitedHistory } from '../../store/history-bounds.ts';
import type { JoinedHistory, StoredHistory } from '../../store/response-store.ts';
import type { StoredItem } from '../../store/stored-item.ts';
import type { ResponseRequest, ResponsesDeps } from '../responses-deps.ts';
import { historyTooLong, toHistoryBounds } from './history-bounds.ts';
import { isRunning } from './is-running.ts';
import { answersAll } from './joins-history.ts';
import { dropOrphans } from './truncate-items.ts';

/** The history of a turn: a chain of responses, a conversation, or none. */
export interface Origin {
  /** Empty if the history is joined: such a history has no items that a plan depends on. */
  history: StoredItem[];
  /** The history as text, for a turn that can use it. */
  joined?: JoinedHistory | undefined;
  sessionId: string;
  /** Whether the client may rely on the agent's own history of the session. */
  sessionHoldsHistory?: boolean;
  parentId: ResponseId | undefined;
  conversationId: ConversationId | undefined;
  /** The instructions of the previous response, when the chain carries them over. */
  instructions: string | null;
  /** What the agent of the previous response needs to continue from it. */
  agentState: string | undefined;
}

export interface OriginRequest {
  request: ResponseRequest;
  /** The turn's own items. */
  input: StoredItem[];
  /** Whether the turn can use its history as text. */
  joins: boolean;
}

/**
 * Reads the history that a request names. Throws an ApiError when it is not found, or too long together with the input.
 */
export async function readOrigin(
  { request, input, joins }: OriginRequest,
  deps: ResponsesDeps,
  caller: Caller,
): Promise<Origin> {
  const { previous_response_id: previousId, conversation } = request;
  if (previousId && conversation) {
    const message = "Send either 'previous_response_id' or 'conversation', not both.";
    throw new ApiError('invalid_value', message, { param: 'previous_response_id' });
  }
  if (!previousId && !conversation) return { ...noHistory, ...toSession(request, caller) };
  const bounds = toHistoryBounds(request, { input }, deps.history);
  if (previousId) {
    const joinedBounds = toHistoryBounds(request, { input, joins }, deps.history);
    return readChain(previousId, deps, { ...caller, input, bounds, joinedBounds });
  }
  const id = typeof conversation === 'string' ? conversation : (conversation?.id ?? '');
  return readConversation(id, deps, { ...caller, bounds });
}

/** Returns the session of a turn without a chain: the client's own, or a new one. */
function toSession({ prompt_cache_key: key }: ResponseRequest, { session }: Caller) {
  return { sessionId: session?.id ?? (key || createSessionId()), sessionHoldsHistory: session?.holdsHistory ?? false };
}

const noHistory = {
  history: [],
  parentId: undefined,
  conversationId: undefined,
  instructions: null,
  agentState: undefined,
};

type HistoryCaller = Pick<Caller, 'tenant'> & { bounds: HistoryBounds };

interface ChainCaller extends HistoryCaller {
  input: StoredItem[];
  joinedBounds: HistoryBounds;
}

async function readChain(id: string, deps: ResponsesDeps, caller: ChainCaller): Promise<Origin> {
  const stored = isResponseId(id) ? await readStored(id, deps, caller) : undefined;
  if (!stored || !isResponseId(id)) {
    const param = 'previous_response_id';
    throw new ApiError('previous_response_not_found', `Previous response not found: ${id}`, { param });
  }
  if (isRunning(stored)) {
    const message = 'Previous response is still in progress. Retry when it has ended.';
    throw new ApiError('previous_response_in_progress', message, { param: 'previous_response_id' });
  }
  const items = stored.turns.flatMap((turn) => [...turn.input, ...turn.output]);
  const history = limit(items, stored, { limits: deps.history, param: 'previous_response_id' });
  const instructions = deps.carryInstructions && typeof stored.instructions === 'string' ? stored.instructions : null;
  const agentState = typeof stored.agentState === 'string' ? stored.agentState : undefined;
  const { sessionId, joined } = stored;
  return { ...noHistory, history, joined, sessionId, parentId: id, instructions, agentState };
}

/** Reads a chain joined if the turn answers its open calls, otherwise its items. */
async function readStored(
  id: ResponseId,
  { memory, store }: ResponsesDeps,
  { tenant, input, bounds, joinedBounds }: ChainCaller,
): Promise<StoredHistory | undefined> {
  const responses = memory ?? store.responses;
  const stored = await responses.history(tenant, id, joinedBounds);
  if (!stored?.joined || answersAll(input, stored.joined.openCalls)) return stored;
  return responses.history(tenant, id, bounds);
}

async function readConversation(id: string, deps: ResponsesDeps, { tenant, bounds }: HistoryCaller): Promise<Origin> {
  const stored = isConversationId(id) ? await deps.store.conversations.history(tenant, id, bounds) : undefined;
  if (!stored || !isConversationId(id)) {
    throw conversationNotFound(id, 'conversation');
  }
  const history = limit(stored.items, stored, { limits: deps.history, param: 'conversation' });
  return { ...noHistory, history, sessionId: stored.sessionId, conversationId: id };
}

/** Returns the items without orphaned outputs. Throws `context_length_exceeded` for a history that is too long. */
function limit(
  items: StoredItem[],
  { limited }: LimitedHistory,
  { limits, param }: { limits: HistoryLimits; param: string },
): StoredItem[] {
  if (limited === 'too-long') throw historyTooLong(limits, param);
  return limited === 'cut' ? dropOrphans(items) : items;
}
