import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';
import type { PassedReply } from './passed-reply.ts';

/** A request on its way to the conforming server. A hook may change it. */
export interface PassedRequest {
  method: string;
  /** Without `/v1`, with its query. */
  path: string;
  headers: Record<string, string>;
  bytes: Buffer;
  // biome-ignore lint/suspicious/noExplicitAny: a breakage changes the JSON that it knows is there
  body: any;
}

/** The hooks that make a server break the contract. */
export interface Hooks {
  /** Answers in place of the conforming server, hangs, or changes the request and returns nothing. */
  ask?: (request: PassedRequest) => PassedReply | 'hang' | undefined;
  answer?: (reply: PassedReply, request: PassedRequest) => void;
  /** The requests whose replies `answer` changes. Other streams pass unbuffered; when omitted, none do. */
  answers?: (request: PassedRequest) => boolean;
  /** Changes a WebSocket frame of the server; `undefined` drops it. */
  frame?: (data: string) => string | string[] | undefined;
  /** Changes a WebSocket frame of the client. */
  clientFrame?: (data: string) => string;
}

export interface BrokenServerOptions {
  upstream: string;
  hooks?: Hooks;
}

export interface BrokenServer extends AsyncDisposable {
  url: string;
}

/** A proxy on a socket in front of a conforming server, broken in one way. */
export async function startBrokenServer(options: BrokenServerOptions): Promise<BrokenServer> {
  const setting: Relay = { hooks: {}, ...options };
  const server = createServer((incoming, response) => {
    relay(incoming, response, setting).catch(() => response.destroy());
  });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (client, request) => relaySocket(client, request, setting));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      for (const client of sockets.clients) client.terminate();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

type Relay = Required<BrokenServerOptions>;

async function relay(incoming: IncomingMessage, response: ServerResponse, options: Relay): Promise<void> {
  const { hooks } = options;
  const request = await toRequest(incoming);
  const own = hooks.ask?.(request);
  if (own === 'hang') return;
  if (own) return write(response, own);
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const sound = await pass(request, options, gone.signal);
  const { status } = sound;
  if (hooks.answer && hooks.answers?.(request) !== false) {
    const reply = { status, headers: toHeaders(sound), text: await sound.text() };
    hooks.answer(reply, request);
    return write(response, reply);
  }
  response.writeHead(status, toHeaders(sound));
  for await (const chunk of sound.body ?? emptyBody) response.write(chunk);
  response.end();
}

async function toRequest(incoming: IncomingMessage): Promise<PassedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (!['host', 'connection', 'content-length', 'transfer-encoding'].includes(name)) headers[name] = `${value}`;
  }
  // biome-ignore lint/suspicious/noExplicitAny: see PassedRequest
  const body: any = parse(bytes.length > 5_000_000 ? '' : bytes.toString());
  return { method: incoming.method ?? '', path: (incoming.url ?? '').replace(/^\/v1/, ''), headers, bytes, body };
}

function pass(request: PassedRequest, { upstream, hooks }: Relay, signal: AbortSignal): Promise<Response> {
  const { method, headers, body, bytes } = request;
  // Serialised again only where a hook may have changed it: the original may be too deep.
  const sent = body === undefined || !hooks.ask ? bytes : Buffer.from(JSON.stringify(body));
  const url = `${upstream}/v1${request.path}`;
  return fetch(url, { method, headers, signal, ...(bytes.length === 0 ? {} : { body: new Uint8Array(sent) }) });
}

const emptyBody: readonly Uint8Array[] = [];
const hopByHop = ['content-length', 'connection', 'keep-alive', 'transfer-encoding', 'content-encoding'];

const toHeaders = ({ headers }: Response): Record<string, string> =>
  Object.fromEntries([...headers].filter(([name]) => !hopByHop.includes(name)));

function write(response: ServerResponse, { status, headers, text }: PassedReply): void {
  response.writeHead(status, headers).end(text);
}

function relaySocket(client: WebSocket, request: IncomingMessage, { upstream, hooks }: Relay): void {
  const { authorization } = request.headers;
  const server = new WebSocket(`${upstream.replace('http', 'ws')}${request.url}`, {
    headers: authorization === undefined ? {} : { authorization },
  });
  const early: string[] = [];
  server.once('open', () => {
    for (const data of early) server.send(data);
  });
  client.on('message', (data) => {
    const sent = hooks.clientFrame?.(`${data}`) ?? `${data}`;
    if (server.readyState === WebSocket.OPEN) server.send(sent);
    else early.push(sent);
  });
  server.on('message', (data) => {
    const frames = hooks.frame ? hooks.frame(`${data}`) : `${data}`;
    for (const frame of [frames ?? []].flat()) client.send(frame);
  });
  client.on('close', () => server.terminate());
  server.on('close', () => client.close());
  server.on('error', () => client.terminate());
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
