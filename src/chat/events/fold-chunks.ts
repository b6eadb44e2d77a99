import type { ChatChunk, ChatCompletion } from '../chat-deps.ts';
import { CompletionFold } from './completion-fold.ts';

/** Returns the plain reply, folded from the chunks that a stream would have sent. */
export async function foldChunks(chunks: AsyncIterable<readonly ChatChunk[]>): Promise<ChatCompletion> {
  const fold = new CompletionFold();
  for await (const batch of chunks) fold.add(batch);
  return fold.toCompletion();
}
