import { type Agent, type ClientRequest, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { Duplex } from 'node:stream';
import { ApiError } from '../../errors/api-error.ts';
import { toErrorBody } from '../../errors/to-error-body.ts';
import { eachHeader, toClientHeaders, toUpstreamHeaders } from '../headers.ts';
import { recordLimits } from '../record-limits.ts';
import { ExchangeWatch } from '../watch/exchange-watch.ts';
import type { MessageWatch } from '../watch/message-watch.ts';
import type { Session } from '../watch/session.ts';

export interface Upstream {
  /** Its origin is the target; paths are the client's. */
  url: URL;
  agent: Agent;
  key: string | undefined;
}

export interface ForwardOptions {
  upstream: Upstream;
  session: Session;
  /** Aborted when the proxy stops. */
  stop: AbortSignal;
  /** Called when the upstream accepts the WebSocket of a client. Takes ownership of both sockets. */
  onUpgrade?: (answer: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

/** Forwards a request and its reply, byte by byte as they arrive. */
export function forward(incoming: IncomingMessage, response: ServerResponse, options: ForwardOptions): void {
  new Forwarding(incoming, response, options).start();
}

/** Written to send a head before its body. Not `flushHeaders`, which encodes the head as UTF-8. */
const nothing = Buffer.alloc(0);

class Forwarding {
  readonly #incoming: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #options: ForwardOptions;
  readonly #watch: ExchangeWatch;
  readonly #onStop = () => this.#stop();
  #outgoing: ClientRequest | undefined;
  #answer: IncomingMessage | undefined;

  constructor(incoming: IncomingMessage, response: ServerResponse, options: ForwardOptions) {
    this.#incoming = incoming;
    this.#response = response;
    this.#options = options;
    const { method = '', url = '', rawHeaders } = incoming;
    this.#watch = new ExchangeWatch(options.session, { method, path: url, headers: rawHeaders });
  }

  start(): void {
    const response = this.#response;
    // The upstream sends the Date.
    response.sendDate = false;
    response.once('close', () => this.#closed());
    response.on('error', () => undefined);
    this.#options.stop.addEventListener('abort', this.#onStop, { once: true });
    try {
      this.#outgoing = this.#open();
    } catch (reason) {
      // Node's parser accepts requests that its writer refuses.
      this.#refuse(reason);
      return;
    }
    this.#send(this.#outgoing);
  }

  #open(): ClientRequest {
    const { url, agent, key } = this.#options.upstream;
    const { method = 'GET', url: path = '/', rawHeaders } = this.#incoming;
    const isUpgrade = this.#options.onUpgrade !== undefined;
    const open = url.protocol === 'https:' ? secureRequest : request;
    return open({
      method,
      path: toPath(path),
      setHost: false,
      protocol: url.protocol,
      hostname: url.hostname.replace(/^\[(.*)\]$/, '$1'),
      port: url.port,
      // A socket that becomes a WebSocket never goes back to the pool.
      agent: isUpgrade ? false : agent,
      headers: toUpstreamHeaders({ method, rawHeaders, host: url.host, key, isUpgrade }),
      maxHeaderSize: recordLimits.headBytes,
    });
  }

  #send(outgoing: ClientRequest): void {
    const incoming = this.#incoming;
    outgoing.once('socket', limitConnecting);
    outgoing.once('continue', () => this.#response.writeContinue());
    outgoing.once('response', (answer) => this.#reply(answer));
    outgoing.once('upgrade', (answer, socket, head) => this.#upgrade(answer, socket, head));
    outgoing.on('error', (reason) => this.#failed(reason));
    outgoing.write(nothing);
    incoming.pipe(outgoing, { end: false });
    incoming.on('data', (chunk: Buffer) => this.#watch.request.push(chunk));
    incoming.on('error', () => undefined);
    incoming.once('end', () => {
      if (incoming.rawTrailers.length > 0) outgoing.addTrailers(toPairs(incoming.rawTrailers));
      outgoing.end();
      this.#watch.requestEnded();
    });
  }

  #reply(answer: IncomingMessage): void {
    this.#answer = answer;
    const { statusCode = 502, statusMessage = '', rawHeaders } = answer;
    const response = this.#response;
    const watch = this.#watch.replied(statusCode, rawHeaders);
    response.writeHead(statusCode, statusMessage, toClientHeaders(rawHeaders));
    // Send the head at once: the first byte of the body may follow a minute later.
    response.write(nothing);
    answer.pipe(response, { end: false });
    answer.on('data', (chunk: Buffer) => watch.push(chunk));
    answer.once('end', () => this.#answered(answer, watch));
    answer.once('error', () => this.#broke());
  }

  #answered(answer: IncomingMessage, watch: MessageWatch): void {
    watch.isWhole = true;
    if (answer.rawTrailers.length > 0) this.#response.addTrailers(toPairs(answer.rawTrailers));
    this.#response.once('finish', () => this.#watch.finish('complete'));
    this.#response.end();
  }

  #upgrade(answer: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#options.stop.removeEventListener('abort', this.#onStop);
    this.#watch.replied(answer.statusCode ?? 101, answer.rawHeaders).isWhole = true;
    this.#watch.finish('complete');
    this.#options.onUpgrade?.(answer, socket, head);
  }

  #failed(reason: Error): void {
    if (this.#answer) this.#broke();
    else this.#refuse(reason);
  }

  /** Sends a 502 if no reply has started. */
  #refuse(reason: unknown): void {
    const response = this.#response;
    if (response.headersSent || response.destroyed) return;
    const code = reason instanceof Error && 'code' in reason ? ` (${reason.code})` : '';
    const message = `talaria record: ${this.#options.upstream.url.origin} did not reply${code}.`;
    const body = JSON.stringify(toErrorBody(new ApiError('upstream_error', message, { cause: reason })));
    const headers = ['Content-Type', 'application/json', 'Content-Length', `${Buffer.byteLength(body)}`];
    const watch = this.#watch.replied(502, headers);
    watch.push(Buffer.from(body));
    watch.isWhole = true;
    this.#watch.finish('unreachable');
    response.writeHead(502, headers).end(body);
  }

  /** Cuts the client's connection after the received bytes, as the upstream did. */
  #broke(): void {
    this.#watch.finish('upstream-broke');
    this.#response.socket?.destroySoon();
  }

  #stop(): void {
    this.#watch.finish('stopped');
    this.#outgoing?.destroy();
    this.#response.destroy();
  }

  #closed(): void {
    this.#options.stop.removeEventListener('abort', this.#onStop);
    if (this.#response.writableFinished) return;
    this.#watch.finish('client-left');
    this.#outgoing?.destroy();
  }
}

/** Returns the path of a request target. Some clients send an absolute URL to any proxy. */
function toPath(target: string): string {
  const url = /^https?:\/\//i.test(target) ? URL.parse(target) : null;
  return url ? `${url.pathname}${url.search}` : target;
}

function toPairs(raw: readonly string[]): [string, string][] {
  return [...eachHeader(raw)];
}

function limitConnecting(socket: Duplex & { connecting?: boolean }): void {
  if (!socket.connecting) return;
  const timer = setTimeout(() => {
    socket.destroy(Object.assign(new Error('connecting took too long'), { code: 'ETIMEDOUT' }));
  }, recordLimits.connectMs);
  socket.once('connect', () => clearTimeout(timer));
  socket.once('close', () => clearTimeout(timer));
}
