import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { eachHeader } from '../headers.ts';
import type { SocketWatch } from '../watch/socket-watch.ts';

export interface TunnelOptions {
  client: Duplex;
  /** Bytes that the client sent before the reply. */
  clientHead: Buffer;
  upstream: Duplex;
  upstreamHead: Buffer;
  /** The upstream's 101. */
  answer: IncomingMessage;
  watch: SocketWatch | undefined;
  stop: AbortSignal;
}

/** Joins the two sockets of a WebSocket. Bytes are forwarded unchanged; closing one side closes the other. */
export function openTunnel({ client, clientHead, upstream, upstreamHead, answer, watch, stop }: TunnelOptions): void {
  client.write(toHead(answer), 'latin1');
  const onStop = () => {
    client.destroy();
    upstream.destroy();
  };
  stop.addEventListener('abort', onStop, { once: true });
  join(client, upstream, (bytes) => watch?.fromClient(bytes));
  join(upstream, client, (bytes) => watch?.fromUpstream(bytes));
  client.once('close', () => {
    stop.removeEventListener('abort', onStop);
    watch?.close(stop.aborted ? 'stopped' : 'client-left');
  });
  upstream.once('close', () => watch?.close(stop.aborted ? 'stopped' : 'upstream-broke'));
  if (clientHead.length > 0) client.unshift(clientHead);
  if (upstreamHead.length > 0) upstream.unshift(upstreamHead);
}

function join(from: Duplex, to: Duplex, look: (bytes: Buffer) => void): void {
  from.pipe(to);
  from.on('data', look);
  from.on('error', () => to.destroy());
  from.once('close', () => to.destroy());
}

function toHead({ statusCode, statusMessage, rawHeaders }: IncomingMessage): string {
  const lines = [...eachHeader(rawHeaders)].map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${statusCode} ${statusMessage}\r\n${lines.join('')}\r\n`;
}
