import type { ServerResponse } from 'node:http';
import { type Dispatcher, Pool } from 'undici';
import { replyWithJson } from './reply-with-json.ts';

/** Handles an upstream's stream as undici reads it. */
export interface Receiver {
  start(): void;
  /** Returns `false` if the client's socket is full; reading then pauses until it drains. */
  data(bytes: Buffer): boolean;
  end(): void;
}

export interface Forwarder {
  /** Asks the upstream for a stream. */
  stream(body: Buffer | string, response: ServerResponse, receiver: Receiver): void;
  /** Asks the upstream for a whole reply, and sends the client the result of `toReply`. */
  whole(body: Buffer | string, response: ServerResponse, toReply: (text: string) => string): void;
}

/** Sends bodies to the upstream (`AGENT_URL`) with undici's cheapest API: a dispatch, no streams, no promises. */
export function createForwarder(): Forwarder {
  const url = new URL(process.env['AGENT_URL'] ?? '');
  const pool = new Pool(url.origin, { connections: null, pipelining: 1, allowH2: false });
  const path = `${url.pathname}/chat/completions`;
  const headers = ['content-type', 'application/json'];
  const send = (body: Buffer | string, handler: Dispatcher.DispatchHandler): void => {
    pool.dispatch({ path, method: 'POST', headers, body }, handler);
  };
  return {
    stream: (body, response, receiver) => send(body, toStreamHandler(response, receiver)),
    whole: (body, response, toReply) => send(body, toWholeHandler(response, toReply)),
  };
}

function toStreamHandler(response: ServerResponse, receiver: Receiver): Dispatcher.DispatchHandler {
  return {
    // undici refuses a handler without the first two methods.
    onRequestStart: () => undefined,
    onResponseStart: () => receiver.start(),
    onResponseData(controller, bytes) {
      if (receiver.data(bytes)) return;
      controller.pause();
      response.once('drain', () => controller.resume());
    },
    onResponseEnd: () => receiver.end(),
    onResponseError: () => response.destroy(),
  };
}

function toWholeHandler(response: ServerResponse, toReply: (text: string) => string): Dispatcher.DispatchHandler {
  const chunks: Buffer[] = [];
  return {
    onRequestStart: () => undefined,
    onResponseStart: () => undefined,
    onResponseData: (_controller, bytes) => chunks.push(bytes),
    onResponseEnd: () => replyWithJson(response, toReply(Buffer.concat(chunks).toString())),
    onResponseError: () => response.destroy(),
  };
}
