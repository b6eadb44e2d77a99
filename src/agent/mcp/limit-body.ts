import { MessageTooLargeError } from './mcp-errors.ts';

const newline = 0x0a;
const carriageReturn = 0x0d;
/** The most bytes of a blank line's end that another chunk can hold: all of `\n\r\n` but one are before or after. */
const longestSplit = 3;

/**
 * Bounds a body. An event stream may be of any length, but each of its events is bounded. `onOverflow` is called before
 * the body fails, since the reader of a stream may try to resume it.
 */
export function limitBody(
  body: ReadableStream<Uint8Array>,
  { maxBytes, isStream, onOverflow }: { maxBytes: number; isStream: boolean; onOverflow: (error: Error) => void },
): ReadableStream<Uint8Array> {
  let bytes = 0;
  let tail: Uint8Array = new Uint8Array();
  return body.pipeThrough(
    new TransformStream({
      transform(chunk, controller) {
        const end = isStream ? findEventEnd(tail, chunk) : -1;
        bytes = end < 0 ? bytes + chunk.length : chunk.length - end;
        tail = join(tail, chunk.subarray(-longestSplit)).subarray(-longestSplit);
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

/** Returns the position behind the last end of an event in a chunk; -1 without one. `tail`: the last bytes before it. */
function findEventEnd(tail: Uint8Array, chunk: Uint8Array): number {
  const end = lastEventEnd(chunk);
  if (end >= 0) return end;
  const split = lastEventEnd(join(tail, chunk.subarray(0, longestSplit)));
  return split < 0 ? -1 : Math.max(0, split - tail.length);
}

/** Returns the position behind the last blank line of a chunk, which ends an event; -1 without one. */
function lastEventEnd(chunk: Uint8Array): number {
  for (let index = chunk.lastIndexOf(newline); index > 0; index = chunk.lastIndexOf(newline, index - 1)) {
    const before = chunk[index - 1] === carriageReturn ? index - 2 : index - 1;
    if (chunk[before] === newline) return index + 1;
  }
  return -1;
}

function join(before: Uint8Array, after: Uint8Array): Uint8Array {
  const joined = new Uint8Array(before.length + after.length);
  joined.set(before);
  joined.set(after, before.length);
  return joined;
}
