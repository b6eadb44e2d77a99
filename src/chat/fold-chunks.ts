import type { ChatChunk, ChatCompletion } from './chat-deps.ts';
import { CompletionFold } from './completion-fold.ts';

/** The plain reply: the fold of the very chunks a stream would have had. */
export async function foldChunks(chunks: AsyncIterable<readonly ChatChunk[]>): Promise<ChatCompletion> {
  const fold = new CompletionFold();
  for await (const batch of chunks) fold.add(batch);
  return fold.toCompletion();
}
