import { type IncomingHttpHeaders, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

export interface OutgoingRequest {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body?: Buffer;
}

export interface OpenReply {
  status: number;
  headers: IncomingHttpHeaders;
  /** The body as it arrives. Throws when the connection breaks or the signal aborts. */
  chunks: AsyncIterable<Buffer>;
  /** Disconnects without reading further. */
  close(): void;
}

/**
 * Starts an HTTP exchange and resolves at its headers. Uses Node's client, not `fetch`: an audit must disconnect
 * midway, send any header, and see the raw bytes. Each exchange has its own connection, so a server that
 * breaks one does not affect other audits.
 */
export function openExchange(outgoing: OutgoingRequest, signal: AbortSignal): Promise<OpenReply> {
  const { url, method, headers, body } = outgoing;
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const length = body ? { 'content-length': `${body.length}` } : {};
    const request = send(url, { method, headers: { ...headers, ...length }, agent: false, signal });
    let answered: IncomingMessage | undefined;
    request.on('response', (incoming) => {
      answered = incoming;
      resolve({
        status: incoming.statusCode ?? 0,
        headers: incoming.headers,
        chunks: incoming,
        close: () => request.destroy(),
      });
    });
    // A server may answer and close before reading a large body. The answer counts, not the broken pipe.
    request.on('error', (error) => (answered && !answered.complete ? answered.destroy(error) : reject(error)));
    // The signal is the deadline: a server that never reads the body doesn't block the audit.
    request.end(body);
  });
}
