import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Response } from 'express';
import type { JsonReply, StreamReply } from '../contract/operations.ts';
import { ApiError } from '../errors/api-error.ts';
import { toErrorBody } from '../errors/to-error-body.ts';
import { cutStalled } from '../net/cut-stalled.ts';
import { encodeSse, sseDone } from '../sse/encode-sse.ts';
import { keepAlive } from '../sse/keep-alive.ts';

/** What every stream is sent with: no cache or proxy may hold it back. */
const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
} as const;

/** With `stallMs`, a client that leaves the reply unread for so long is cut: it would hold the reply in memory. */
export function sendJson(response: ServerResponse, reply: JsonReply<unknown>, stallMs?: number): void {
  // A text, not its bytes: Node sends it in one piece with the head.
  const text = JSON.stringify(reply.body);
  response.writeHead(reply.status, {
    ...reply.headers,
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
  if (stallMs === undefined || response.writableLength === 0) return;
  const watch = cutStalled(response.req.socket, stallMs);
  response.once('close', () => watch[Symbol.dispose]());
}

export interface StreamOptions {
  signal: AbortSignal;
  keepAliveMs: number;
  /** How long the client may leave everything unread. */
  stallMs: number;
}

/**
 * Writes a stream to its end. The first batch is awaited before any header goes out, so a refusal can still have a
 * status. One batch is one write; a full socket is waited for. Throws what the events throw before the first batch;
 * later failures become the stream's last event. Whatever happens, the events' producer is told to stop.
 */
export async function sendStream(
  response: Response,
  reply: StreamReply<object>,
  options: StreamOptions,
): Promise<void> {
  const iterator = reply.events[Symbol.asyncIterator]();
  try {
    let next = await iterator.next();
    response.writeHead(200, { ...reply.headers, ...streamHeaders });
    if (next.value?.length === 0) response.flushHeaders();
    using idle = keepAlive(options.keepAliveMs, (comment) => response.write(comment));
    while (!next.done) {
      const open = response.write(encodeBatch(next.value));
      idle.refresh();
      if (!open && response.writableNeedDrain) await drained(response, options);
      next = await iterator.next();
    }
    response.end(sseDone);
  } catch (error) {
    if (!response.headersSent) throw error;
    // The status is out: the failure is told in the stream, which then has no `[DONE]` that would make it look whole.
    const failure = ApiError.from(options.signal.aborted ? options.signal.reason : error);
    response.end(encodeSse(JSON.stringify(toErrorBody(failure))));
    response.locals.error = failure;
  } finally {
    await iterator.return?.();
  }
}

/** Waits until the client has read what was sent; cuts off one that reads nothing. */
async function drained(response: Response, { signal, stallMs }: StreamOptions): Promise<void> {
  using _watch = cutStalled(response.req.socket, stallMs);
  await once(response, 'drain', { signal });
}

/** Events that have a type carry it in their `event:` field too (Open Responses N6); chat chunks have none. */
function encodeBatch(batch: readonly object[]): string {
  let text = '';
  for (const event of batch) {
    const type = 'type' in event && typeof event.type === 'string' ? event.type : undefined;
    text += encodeSse(JSON.stringify(event), type);
  }
  return text;
}
