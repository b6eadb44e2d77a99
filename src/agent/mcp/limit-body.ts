import { MessageTooLargeError } from './mcp-errors.ts';

const newline = 0x0a;
const carriageReturn = 0x0d;

/**
 * Bounds a body. An event stream may be of any length, but each of its events is bounded. `onOverflow` is called before
 * the body fails, since the reader of a stream may try to resume it.
 */
export function limitBody(
  body: ReadableStream<Uint8Array>,
  { maxBytes, isStream, onOverflow }: { maxBytes: number; isStream: boolean; onOverflow: (error: Error) => void },
): ReadableStream<Uint8Array> {
  let bytes = 0;
  return body.pipeThrough(
    new TransformStream({
      transform(chunk, controller) {
        const end = isStream ? lastEventEnd(chunk) : -1;
        bytes = end < 0 ? bytes + chunk.length : chunk.length - end;
        if (bytes > maxBytes) {
          const error = new MessageTooLargeError(`a message has more than ${maxBytes} bytes`);
          onOverflow(error);
          controller.error(error);
        } else {
          controller.enqueue(chunk);
        }
      },
    }),
  );
}

/** Returns the position behind the last blank line of a chunk, which ends an event; -1 without one. */
function lastEventEnd(chunk: Uint8Array): number {
  for (let index = chunk.lastIndexOf(newline); index > 0; index = chunk.lastIndexOf(newline, index - 1)) {
    const before = chunk[index - 1] === carriageReturn ? index - 2 : index - 1;
    if (chunk[before] === newline) return index + 1;
  }
  return -1;
}
