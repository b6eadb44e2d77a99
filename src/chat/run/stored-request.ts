import type { Caller } from '../../contract/operations.ts';
import type { TraceContext } from '../../trace-context.ts';
import type { ChatRequest } from '../chat-deps.ts';
import type { ChunkHead } from '../events/chunk-assembler.ts';

/** What another server needs to resume a completion. It was validated when the request arrived. */
export interface StoredChatRequest {
  request: ChatRequest;
  head: ChunkHead;
  session?: Caller['session'];
  trace?: TraceContext | undefined;
}

export const packRequest = (stored: StoredChatRequest): string => JSON.stringify(stored);

/** Parses a stored request: this server wrote it. */
export const unpackRequest = (text: string): StoredChatRequest => JSON.parse(text);
