import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Response } from 'express';
import type { JsonReply, StreamReply } from '../contract/operations.ts';
import { ApiError } from '../errors/api-error.ts';
import { toErrorBody } from '../errors/to-error-body.ts';
import type { ExactReply } from '../exchange.ts';
import type { EventBatch } from '../flow/event-batch.ts';
import { forEach } from '../flow/for-each.ts';
import { atEndOfTurn } from '../net/at-end-of-turn.ts';
import { cutStalled } from '../net/cut-stalled.ts';
import { encodeSse, sseDone } from '../sse/encode-sse.ts';
import { keepAlive } from '../sse/keep-alive.ts';
import { BatchedWrites } from './batched-writes.ts';

/** Headers of every stream: no cache or proxy may buffer it. */
const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
} as const;

/**
 * Sends a JSON reply. A client that reads nothing for `stallMs` is disconnected: its reply stays in memory until then.
 */
export function sendJson(response: ServerResponse, reply: JsonReply<unknown>, stallMs?: number): void {
  // Text instead of bytes: Node sends it in one write with the head.
  const text = JSON.stringify(reply.body);
  response.writeHead(reply.status, {
    ...reply.headers,
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  atEndOfTurn(() => {
    response.end(text);
    if (stallMs !== undefined) cutIfStalled(response, stallMs);
  });
}

/** Disconnects a client that does not read the end of its reply. */
function cutIfStalled(response: ServerResponse, stallMs: number): void {
  if (response.writableLength === 0) return;
  const watch = cutStalled(response.req.socket, stallMs);
  response.once('close', () => watch[Symbol.dispose]());
}

/** Sends a reply byte for byte. */
export function sendExact(response: ServerResponse, { status, headers, body }: ExactReply): void {
  response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers });
  response.end(body);
}

export interface StreamOptions {
  signal: AbortSignal;
  keepAliveMs: number;
  /** Disconnects a client that reads nothing for this long. */
  stallMs: number;
  /** Whether to write each batch at once. A simulated agent may disturb the reply between two. Default: false. */
  isImmediate?: boolean | undefined;
}

/**
 * Writes a stream to its end, one write for each batch, with backpressure. The head goes out with the first batch, or
 * with the first keep-alive comment if that comes earlier: proxies close a request without a first byte. An error
 * before the head is thrown, and can still have a status. A later error becomes the last event of the stream. Always
 * ends the producer of the events.
 */
export async function sendStream(
  response: Response,
  pending: Promise<StreamReply<object>>,
  options: StreamOptions,
): Promise<void> {
  const writes = new BatchedWrites(response, options);
  using idle = keepAlive(options.keepAliveMs, (comment) => {
    if (!response.headersSent) response.writeHead(200, streamHeaders);
    response.write(comment);
  });
  try {
    const { events, headers, failure } = await pending;
    if (failure) response.locals.error = failure;
    const begin = () => {
      if (!response.headersSent) response.writeHead(200, { ...headers, ...streamHeaders });
    };
    await forEach(events, (batch) => {
      begin();
      if (batch.events.length === 0) response.flushHeaders();
      writes.add(encodeBatch(batch));
      idle.refresh();
      return response.writableNeedDrain ? drained(response, options) : undefined;
    });
    begin();
    writes.end(sseDone);
    cutIfStalled(response, options.stallMs);
  } catch (error) {
    if (!response.headersSent) throw error;
    // The status is already sent: the error becomes an event, and the missing `[DONE]` marks the stream as incomplete.
    const failure = ApiError.from(options.signal.aborted ? options.signal.reason : error);
    response.locals.error = failure;
    writes.end(encodeSse(JSON.stringify(toErrorBody(failure))));
    cutIfStalled(response, options.stallMs);
  }
}

/** Waits until the socket drains. Disconnects a client that reads nothing. */
async function drained(response: Response, { signal, stallMs }: StreamOptions): Promise<void> {
  using _watch = cutStalled(response.req.socket, stallMs);
  await once(response, 'drain', { signal });
}

/** Encodes events. The `event:` field repeats an event's type (Open Responses N6); chat chunks have none. */
function encodeBatch({ events, texts }: EventBatch): string {
  let encoded = '';
  for (const [index, event] of events.entries()) {
    const type = 'type' in event && typeof event.type === 'string' ? event.type : undefined;
    encoded += encodeSse(texts[index] ?? '', type);
  }
  return encoded;
}
