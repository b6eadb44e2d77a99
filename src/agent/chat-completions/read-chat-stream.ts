import type { AgentEvent } from '../agent-client.ts';
import { fromStreamError } from '../upstream/errors/from-stream-error.ts';
import { isDoneMark } from '../upstream/is-done-mark.ts';
import { parseObject } from '../upstream/parse-object.ts';
import type { AnswerStage, StreamReader } from '../upstream/upstream-format.ts';
import type { ChatChunk } from './chat-chunk.ts';
import { type ChunkReader, createChunkReader } from './from-chat-chunk.ts';

/** Reads a stream of chunks that `[DONE]` ends. */
export class ChatStreamReader implements StreamReader {
  activity = 0;
  stage: AnswerStage = 'open';
  readonly #chunks: ChunkReader = createChunkReader();

  read(data: string, event: string | undefined): AgentEvent[] {
    if (isDoneMark(data)) return this.#readDone();
    if (event === 'error') throw fromStreamError(data);
    // Each field is checked where it is read.
    const chunk = parseObject(data) as ChatChunk;
    const events = this.#chunks.read(chunk);
    if (chunk.usage || (Array.isArray(chunk.choices) && chunk.choices.length > 0)) this.activity += 1;
    if (this.stage === 'open' && this.#chunks.isFinished()) this.stage = 'finished';
    return events;
  }

  end(): AgentEvent[] {
    return this.#chunks.end(false);
  }

  #readDone(): AgentEvent[] {
    this.activity += 1;
    this.stage = 'done';
    return this.#chunks.end(true);
  }
}
