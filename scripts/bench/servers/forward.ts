import type { ServerResponse } from 'node:http';
import { type Dispatcher, Pool } from 'undici';

/** Handles an upstream's reply as undici reads it. */
export interface Receiver {
  start(contentType: string): void;
  /** Returns `false` if the client's socket is full; reading then pauses until it drains. */
  data(bytes: Buffer): boolean;
  end(): void;
}

/** Sends one body to the upstream (`AGENT_URL`) with undici's cheapest API: a dispatch, no streams, no promises. */
export function createForwarder(): (body: Buffer | string, response: ServerResponse, receiver: Receiver) => void {
  const url = new URL(process.env['AGENT_URL'] ?? '');
  const pool = new Pool(url.origin, { connections: 512, pipelining: 1, allowH2: false });
  const path = `${url.pathname}/chat/completions`;
  const headers = ['content-type', 'application/json'];
  return (body, response, receiver) => {
    pool.dispatch({ path, method: 'POST', headers, body }, toHandler(response, receiver));
  };
}

function toHandler(response: ServerResponse, receiver: Receiver): Dispatcher.DispatchHandler {
  return {
    // undici refuses a handler without it.
    onRequestStart: () => undefined,
    onResponseStart: (_controller, _status, headers) => receiver.start(String(headers['content-type'])),
    onResponseData(controller, bytes) {
      if (receiver.data(bytes)) return;
      controller.pause();
      response.once('drain', () => controller.resume());
    },
    onResponseEnd: () => receiver.end(),
    onResponseError: () => response.destroy(),
  };
}
