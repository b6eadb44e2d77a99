import type { ApiError } from '../errors/api-error.ts';
import { fromWireCode } from '../errors/from-wire-code.ts';
import type { ErrorBody } from '../errors/to-error-body.ts';
import { type FollowOptions, followLog } from '../runs/follow-log.ts';
import type { RunStore } from '../store/run-store.ts';
import type { ChatChunk } from './chat-deps.ts';

export interface FollowChatOptions extends Omit<FollowOptions, 'after'> {
  /** Whether an earlier request with the same `Idempotency-Key` started the completion. */
  replayed: boolean;
}

/** Yields the chunks of a chat completion from its log. Throws the error that it failed with. */
export async function* followChatCompletion(
  runs: RunStore,
  { replayed, ...options }: FollowChatOptions,
): AsyncGenerator<readonly ChatChunk[]> {
  for await (const page of followLog(runs, { ...options, after: -1 })) {
    const entries = page.map((text): ChatChunk | ErrorBody => JSON.parse(text));
    const last = entries.at(-1);
    yield entries.filter(isChunk);
    if (last && !isChunk(last)) throw toApiError(last, replayed);
  }
}

const isChunk = (entry: ChatChunk | ErrorBody): entry is ChatChunk => !('error' in entry);

function toApiError({ error: { code, message, param } }: ErrorBody, replayed: boolean): ApiError {
  return fromWireCode(code, message, { replayed, isLogged: true, ...(param === null ? {} : { param }) });
}
