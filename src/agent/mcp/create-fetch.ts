import type { FetchLike } from '@modelcontextprotocol/client';
import { Agent, buildConnector, fetch } from 'undici';
import { limits } from '../../config/limits.ts';
import { limitBody } from './limit-body.ts';

export interface FetchOptions {
  /** Default: one that connects to any address. */
  connect?: buildConnector.connector;
  /** Called when a message is too large, before its body fails. */
  onOverflow: (error: Error) => void;
}

/** The HTTP connections to one server. Disposing aborts running requests. */
export interface McpHttp extends AsyncDisposable {
  fetch: FetchLike;
}

/**
 * Creates the connections to a server over HTTP. No proxy of the environment is used: it would connect to addresses that
 * this server must not reach. undici's time-outs are off, because calls have their own.
 */
export function createFetch({ connect, onOverflow }: FetchOptions): McpHttp {
  const dispatcher = new Agent({
    connect: connect ?? buildConnector({ timeout: limits.mcpSocketMs, allowH2: false }),
    allowH2: false,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  return {
    async fetch(url, init) {
      // The types of undici's fetch and of Node's differ in name only.
      const response = (await fetch(url, { ...(init as object), dispatcher })) as unknown as Response;
      if (!response.body) return response;
      const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
      const body = limitBody(response.body, { maxBytes: limits.mcpMessageBytes, isStream, onOverflow });
      const { status, statusText, headers } = response;
      return new Response(body, { status, statusText, headers });
    },
    [Symbol.asyncDispose]: () => dispatcher.destroy(),
  };
}
