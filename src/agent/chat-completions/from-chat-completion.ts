import { ApiError } from '../../errors/api-error.ts';
import { isObject } from '../../json/is-object.ts';
import { tryParseJson } from '../../json/try-parse-json.ts';
import type { AgentEvent } from '../agent-client.ts';
import { isErrorFrame } from '../upstream/errors/error-frame.ts';
import { fromStreamError } from '../upstream/errors/from-stream-error.ts';
import { createChunkReader } from './from-chat-chunk.ts';
import { parseChunk } from './parse-chunk.ts';

/**
 * Returns the events of a completion that is not streamed. Its message has the shape of a delta, so the completion is
 * read as a single chunk. Throws `upstream_error` for any other document. `agent`: the name of the agent.
 */
export function fromChatCompletion(text: string, agent?: string): AgentEvent[] {
  // Gemini reports an error in a list.
  if (!text.startsWith('{')) assertNoError(tryParseJson(text));
  // Read as leniently as a chunk, in which every field is optional.
  const completion = parseChunk(text);
  assertNoError(completion);
  const [choice] = Array.isArray(completion.choices) ? completion.choices.filter(isObject) : [];
  if (!isObject(choice?.['message']) && typeof choice?.['text'] !== 'string') {
    throw new ApiError('upstream_error', 'The agent answered with something other than a completion.');
  }
  const reader = createChunkReader(agent);
  const events = reader.read({ ...completion, choices: [{ ...choice, index: 0 }] });
  return [...events, ...reader.end(true)];
}

function assertNoError(document: unknown): void {
  if (isErrorFrame(document)) throw fromStreamError(document);
}
