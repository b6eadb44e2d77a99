import { StringDecoder } from 'node:string_decoder';
import type { Response } from 'express';

export interface ReplyListener {
  /** Called with each text that is written. */
  onText(text: string): void;
  /** Called once, before the end of the reply is written. */
  onEnd(): void;
}

/** Listens to the body of a reply. */
export function captureReply(response: Response, { onText, onEnd }: ReplyListener): void {
  const decoder = new StringDecoder('utf8');
  const { write, end } = response;
  const listen = (chunk: unknown) => {
    if (typeof chunk === 'string') onText(chunk);
    else if (chunk instanceof Uint8Array)
      onText(decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)));
  };
  // Typed arrays of arguments: both methods are overloaded.
  response.write = (...args: unknown[]) => {
    listen(args[0]);
    return Reflect.apply(write, response, args);
  };
  response.end = (...args: unknown[]) => {
    listen(args[0]);
    onEnd();
    return Reflect.apply(end, response, args);
  };
}
