import { ApiError } from '../../errors/api-error.ts';
import { isObject } from '../../json/is-object.ts';
import type { AgentEvent } from '../agent-client.ts';
import { parseObject } from '../upstream/parse-object.ts';
import type { ChatChunk, ChatChunkChoice, ChatDelta } from './chat-chunk.ts';
import { createChunkReader } from './from-chat-chunk.ts';

/**
 * Returns the events of a completion that is not streamed. Its message has the shape of a delta, so the completion is
 * read as a single chunk. Throws `upstream_error` for any other document.
 */
export function fromChatCompletion(text: string): AgentEvent[] {
  // Read as leniently as a chunk, in which every field is optional.
  const completion = parseObject(text) as ChatChunk;
  const choice = readChoice(completion);
  if (!completion.error && !isObject(choice?.message)) {
    throw new ApiError('upstream_error', 'The agent answered with something other than a completion.');
  }
  const reader = createChunkReader();
  const events = reader.read({
    ...completion,
    choices: choice ? [{ ...choice, index: 0, delta: choice.message ?? null }] : [],
  });
  return [...events, ...reader.end(true)];
}

type CompletionChoice = ChatChunkChoice & { message?: ChatDelta };

function readChoice({ choices }: ChatChunk): CompletionChoice | undefined {
  const first: unknown = Array.isArray(choices) ? choices[0] : undefined;
  return isObject(first) ? first : undefined;
}
