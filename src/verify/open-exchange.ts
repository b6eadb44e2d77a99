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
  /** The body as it arrives. Ends with an error when the connection breaks or the signal aborts. */
  chunks: AsyncIterable<Buffer>;
  /** Leaves without reading further, as a client does that goes away. */
  close(): void;
}

/**
 * One HTTP exchange, open from its headers on. Node's own client and not `fetch`: an audit must be able to leave in the
 * middle, to send any header, and to see the bytes as they were sent. A connection for each, so that a server that
 * breaks one harms no other audit.
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
    // A server may answer before it has read a large body, and close: then the answer counts, not the broken pipe.
    request.on('error', (error) => (answered && !answered.complete ? answered.destroy(error) : reject(error)));
    // What a body of this size needs is a deadline, which the signal is; a server that never reads it doesn't block us.
    request.end(body);
  });
}
