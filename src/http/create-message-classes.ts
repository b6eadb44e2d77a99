import { IncomingMessage, ServerResponse } from 'node:http';
import type { Express } from 'express';

export interface MessageClasses {
  IncomingMessage: typeof IncomingMessage;
  ServerResponse: typeof ServerResponse<IncomingMessage>;
}

/**
 * Creates message classes for `createServer` that already have Express's prototypes. Otherwise Express changes the
 * prototype of each message, which is slow and slows down every later access to the object.
 */
export function createMessageClasses(app: Express): MessageClasses {
  class ExpressRequest extends IncomingMessage {}
  class ExpressResponse extends ServerResponse {
    /** Writes a chunk as one piece. Node would write its size, its text and its end as pieces of their own. */
    override write(chunk: unknown, ...rest: never[]): boolean {
      if (!this.chunkedEncoding || !isText(chunk) || rest.length > 0) return super.write(chunk, ...rest);
      this.chunkedEncoding = false;
      try {
        return super.write(toChunk(chunk));
      } finally {
        this.chunkedEncoding = true;
      }
    }

    /** Writes the last chunk and the end of the body as one piece. */
    override end(chunk?: unknown, ...rest: never[]): this {
      if (!this.chunkedEncoding || !isText(chunk) || rest.length > 0) return super.end(chunk, ...rest);
      this.chunkedEncoding = false;
      return super.end(`${toChunk(chunk)}0\r\n\r\n`);
    }
  }
  Object.setPrototypeOf(ExpressRequest.prototype, app.request);
  Object.setPrototypeOf(ExpressResponse.prototype, app.response);
  Object.assign(app, { request: ExpressRequest.prototype, response: ExpressResponse.prototype });
  return { IncomingMessage: ExpressRequest, ServerResponse: ExpressResponse };
}

/** An empty chunk would end the body. */
const isText = (chunk: unknown): chunk is string => typeof chunk === 'string' && chunk !== '';

/** Encodes a chunk (RFC 9112, section 7.1). */
const toChunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
