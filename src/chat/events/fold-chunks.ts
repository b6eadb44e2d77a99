import type { EventBatch } from '../../flow/event-batch.ts';
import type { Flow } from '../../flow/flow.ts';
import { forEach } from '../../flow/for-each.ts';
import type { ChatChunk, ChatCompletion } from '../chat-deps.ts';
import { CompletionFold } from './completion-fold.ts';

/** Returns the plain reply, folded from the chunks that a stream would have sent. */
export async function foldChunks(chunks: Flow<EventBatch<ChatChunk>>): Promise<ChatCompletion> {
  const fold = new CompletionFold();
  await forEach(chunks, ({ events }) => {
    fold.add(events);
    return undefined;
  });
  return fold.toCompletion();
}
