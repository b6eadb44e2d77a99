import type { ApiError } from '../errors/api-error.ts';
import { fromWireCode } from '../errors/from-wire-code.ts';
import type { ErrorBody } from '../errors/to-error-body.ts';
import { type EventBatch, fromEventTexts } from '../flow/event-batch.ts';
import type { Flow } from '../flow/flow.ts';
import { toFlow } from '../flow/to-flow.ts';
import { type FollowOptions, followLog } from '../runs/follow-log.ts';
import type { RunStore } from '../store/run-store.ts';
import type { ChatChunk } from './chat-deps.ts';

export interface FollowChatOptions extends Omit<FollowOptions, 'after'> {
  /** Whether an earlier request with the same `Idempotency-Key` started the completion. */
  replayed: boolean;
}

/** Returns the chunks of a chat completion from its log. Fails with the error that it failed with. */
export function followChatCompletion(
  runs: RunStore,
  { replayed, ...options }: FollowChatOptions,
): Flow<EventBatch<ChatChunk>> {
  return toFlow(readChunks(runs, { replayed, ...options }));
}

async function* readChunks(runs: RunStore, { replayed, ...options }: FollowChatOptions) {
  for await (const texts of followLog(runs, { ...options, after: -1 })) {
    const page = fromEventTexts<ChatChunk | ErrorBody>(texts);
    const last = page.events.at(-1);
    const isWhole = !last || isChunk(last);
    yield fromEventTexts<ChatChunk>(isWhole ? texts : texts.slice(0, -1));
    if (!isWhole) throw toApiError(last, replayed);
  }
}

const isChunk = (entry: ChatChunk | ErrorBody): entry is ChatChunk => !('error' in entry);

function toApiError({ error: { code, message, param } }: ErrorBody, replayed: boolean): ApiError {
  return fromWireCode(code, message, { replayed, isLogged: true, ...(param === null ? {} : { param }) });
}
