import { ApiError } from '../../errors/api-error.ts';
import { isObject } from '../../json/is-object.ts';
import type { AgentEvent } from '../agent-client.ts';
import { parseObject } from '../upstream/parse-object.ts';
import type { ChatChunk, ChatChunkChoice, ChatDelta } from './chat-chunk.ts';
import { createChunkReader } from './from-chat-chunk.ts';

/**
 * The events of a whole completion: some upstreams answer with one although a stream was asked for. Its message has a
 * delta's shape, so it is read as one chunk that says everything. Throws `upstream_error` when it is none.
 */
export function fromChatCompletion(text: string): AgentEvent[] {
  // Read as leniently as a chunk: every field is optional there.
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
