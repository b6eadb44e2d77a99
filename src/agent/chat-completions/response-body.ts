import type { ApiError } from '../../errors/api-error.ts';
import { createSseDecoder } from '../../sse/decode-sse.ts';
import type { ChatChunk } from './chat-chunk.ts';
import type { EventQueue } from './event-queue.ts';
import { createChunkReader, toStreamError } from './from-chat-chunk.ts';
import { parseObject } from './parse-object.ts';

/** Where the bytes of one response go. `data` and `end` may throw: then `fail` is called with that error. */
export interface ResponseBody {
  data(bytes: Buffer): void;
  end(): void;
  /** What was sent can't be read. */
  fail(error: ApiError): void;
  /** The connection broke, or fell silent. */
  cut(error: ApiError): void;
}

/** An event stream, read into the queue. After `[DONE]` it is complete, whatever becomes of the connection. */
export function createEventBody(queue: EventQueue, maxEventBytes: number): ResponseBody {
  const reader = createChunkReader();
  const decoder = createSseDecoder({
    maxEventBytes,
    onEvent(data, event) {
      // Sent to keep the connection alive.
      if (data === '') return;
      if (data === '[DONE]') finish(true);
      else if (event === 'error') throw toStreamError(data);
      // Checked field by field where it is read.
      else queue.push(reader.read(parseObject(data) as ChatChunk));
    },
  });
  const finish = (isDone: boolean): void => {
    queue.push(reader.end(isDone));
    queue.end();
  };
  return {
    data(bytes) {
      // A connection that goes on after the end is not worth keeping.
      if (queue.isEnded) throw new Error('the upstream goes on after the end of its stream');
      decoder.feed(bytes);
    },
    end() {
      decoder.end();
      if (!queue.isEnded) finish(false);
    },
    fail: (error) => queue.fail(error),
    cut(error) {
      // All was said: at most the token counts are missing.
      if (reader.isFinished() && !queue.isEnded) finish(false);
      else queue.fail(error);
    },
  };
}

export interface CollectedBodyOptions {
  /** Bytes beyond these make `data` throw. */
  maxBytes: number;
  onEnd(text: string): void;
  /** `text` is what came before the error. */
  onFail(error: ApiError, text: string): void;
}

/** A body that is only of use whole. */
export function createCollectedBody({ maxBytes, onEnd, onFail }: CollectedBodyOptions): ResponseBody {
  const chunks: Buffer[] = [];
  let length = 0;
  const toText = () => Buffer.concat(chunks).toString();
  const fail = (error: ApiError) => onFail(error, toText());
  return {
    data(bytes) {
      length += bytes.length;
      if (length > maxBytes) throw new Error('the upstream answered with a body that is too long');
      chunks.push(bytes);
    },
    end: () => onEnd(toText()),
    fail,
    cut: fail,
  };
}
