/**
 * An OpenAI-compatible chat upstream on a real socket, in bare `node:http`: for tests that need an agent behind the
 * server. It answers `POST /v1/chat/completions` (streamed or not) and `GET /v1/models` (`test-model`, `other-model`).
 *
 * In this process: `await using upstream = await startUpstream()`; `upstream.url` is the base (`http://…/v1`).
 * As a child process that can be killed: `startUpstreamProcess()` in `upstream-process.ts`.
 *
 * The last user message is its script. Each line may be one of these commands; other lines are sent as text:
 *
 *     say TEXT                      these words, one delta each
 *     slow 50x20ms                  50 tokens ("token1 token2 …"), one every 20 ms
 *     flood 1000x500                1000 deltas of 500 bytes, as fast as the socket takes them
 *     reason TEXT                   reasoning_content
 *     refuse TEXT                   a refusal
 *     tool get_weather {"city":"Paris"}   a tool call (call_up_1, call_up_2, …), its arguments in pieces of 5
 *     finish length                 that finish_reason
 *     no usage                      no usage chunk
 *     json                          one JSON completion although a stream was asked for
 *     status 429                    an HTTP error in OpenAI's envelope; more words, in this order:
 *       html | retry-after SECONDS-OR-DATE | times 2     (an HTML page; that header; only the first two such requests)
 *     break after 3                 three deltas, then the socket is destroyed
 *     end after 3                   three deltas, then a clean end without finish_reason and [DONE]
 *     error after 3                 three deltas, then {"error": …} as an event
 *     hang after 3                  three deltas, then silence
 *     hang                          silence, not even headers
 *
 * Without a command it answers `You said: TEXT (N messages)`, with `, N images` if there are any. If the last message is a
 * tool result, it answers `The tool said: RESULT`. The model `missing-model` is a 404.
 */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { toText, toUpstreamScript, type UpstreamScript } from './upstream-script.ts';
import { toChunk, toCompletion, toModel, toUsage } from './upstream-wire.ts';

export interface UpstreamRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  // biome-ignore lint/suspicious/noExplicitAny: tests inspect the JSON that they expect
  body: any;
  /** Stream events written so far. */
  eventsWritten: number;
  finished: boolean;
}

/** The end of one exchange; `at` in `Date.now()` milliseconds. Not `finished`: the client or the script cut it off. */
export interface UpstreamClose {
  path: string;
  finished: boolean;
  at: number;
}

export interface UpstreamOptions {
  /** Requests without this bearer key get a 401. */
  apiKey?: string;
  /** The catalogue; `test-model` and `other-model` by default. */
  models?: Record<string, unknown>[];
  /** Handles an exchange: return true after answering, or false to run the script. */
  answer?: (request: UpstreamRequest, response: ServerResponse) => boolean | Promise<boolean>;
}

export interface Upstream extends AsyncDisposable {
  /** The base that `AGENT_URL` takes: `http://127.0.0.1:PORT/v1`. */
  url: string;
  requests: UpstreamRequest[];
  /** Exchanges that have neither finished nor closed. */
  readonly openStreams: number;
  closed: UpstreamClose[];
  /** TCP connections accepted so far. */
  readonly connections: number;
  /** Resolves with the next exchange that closes. */
  nextClose(): Promise<UpstreamClose>;
  /** Resolves with the next completely read request. */
  nextRequest(): Promise<UpstreamRequest>;
}

export async function startUpstream(options: UpstreamOptions = {}): Promise<Upstream> {
  const requests: UpstreamRequest[] = [];
  const closed: UpstreamClose[] = [];
  const refused = new Map<string, number>();
  let openStreams = 0;
  let connections = 0;
  let closeWaiters: ((close: UpstreamClose) => void)[] = [];
  let requestWaiters: ((request: UpstreamRequest) => void)[] = [];

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = toRequest(incoming, await readJson(incoming));
    requests.push(request);
    openStreams++;
    response.once('close', () => {
      openStreams--;
      const close = { path: request.path, finished: request.finished, at: Date.now() };
      closed.push(close);
      for (const resolve of closeWaiters.splice(0)) resolve(close);
    });
    for (const resolve of requestWaiters.splice(0)) resolve(request);
    if (!(await options.answer?.(request, response))) await answer({ request, response, options, refused });
  };
  // Keep idle connections open: closing one just as it is reused would fail a test on a busy machine.
  const server = createServer({ keepAliveTimeout: 0 }, (incoming, response) => {
    handle(incoming, response).catch(() => response.destroy());
  });
  server.on('connection', () => connections++);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the upstream has no port');

  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    requests,
    closed,
    get openStreams() {
      return openStreams;
    },
    get connections() {
      return connections;
    },
    nextClose: () => new Promise((resolve) => closeWaiters.push(resolve)),
    nextRequest: () => new Promise((resolve) => requestWaiters.push(resolve)),
    async [Symbol.asyncDispose]() {
      closeWaiters = [];
      requestWaiters = [];
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function toRequest(incoming: IncomingMessage, body: unknown): UpstreamRequest {
  return {
    method: incoming.method ?? '',
    path: incoming.url ?? '',
    headers: incoming.headers,
    body,
    eventsWritten: 0,
    finished: false,
  };
}

async function readJson(incoming: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  return text === '' ? undefined : JSON.parse(text);
}

interface Exchange {
  request: UpstreamRequest;
  response: ServerResponse;
  options: UpstreamOptions;
  /** Number of refusals of each message, for `times`. */
  refused: Map<string, number>;
}

async function answer(exchange: Exchange): Promise<void> {
  const { request, options } = exchange;
  const { body } = request;
  if (options.apiKey !== undefined && request.headers.authorization !== `Bearer ${options.apiKey}`) {
    return sendError(exchange, 401, { message: 'Incorrect API key provided: sk-up***', code: 'invalid_api_key' });
  }
  if (request.path === '/v1/models') {
    const data = options.models ?? [toModel('test-model'), toModel('other-model')];
    return sendJson(exchange, 200, { object: 'list', data });
  }
  if (request.path !== '/v1/chat/completions') return sendError(exchange, 404, { message: 'no such path' });
  if (body.model === 'missing-model') {
    const message = "The model 'missing-model' does not exist";
    return sendError(exchange, 404, { message, code: 'model_not_found', param: 'model' });
  }
  const script = toUpstreamScript(body.messages);
  if (script.refusal !== undefined && isRefusedNow(exchange, script.refusal.times)) return refuse(exchange, script);
  if (script.silent) return;
  if (script.json) return sendJson(exchange, 200, toCompletion(request, script));
  return body.stream === true ? stream(exchange, script) : sendWhole(exchange, script);
}

/** Sends a plain answer, after the time that its stream would take. One that does not end well is cut in half. */
async function sendWhole(exchange: Exchange, script: UpstreamScript): Promise<void> {
  const { request, response } = exchange;
  if (script.delayMs > 0) await delay(script.delayMs * script.deltas.length);
  if (response.destroyed) return;
  const completion = toCompletion(request, script);
  if (script.ending === 'done') return sendJson(exchange, 200, completion);
  if (script.ending === 'error') {
    return sendError(exchange, 500, { message: 'secret-host:8000 ran out of memory', type: 'server_error', code: 500 });
  }
  const text = JSON.stringify(completion);
  response.writeHead(200, { 'content-type': 'application/json' });
  await new Promise<void>((resolve) => response.write(text.slice(0, text.length / 2), () => resolve()));
  if (script.ending === 'hang') return;
  if (script.ending === 'end') response.end();
  else response.destroy();
}

function isRefusedNow({ request, refused }: Exchange, times: number): boolean {
  const text = toText(request.body.messages.at(-1)?.content);
  const count = (refused.get(text) ?? 0) + 1;
  refused.set(text, count);
  return count <= times;
}

function refuse(exchange: Exchange, { refusal }: UpstreamScript): void {
  if (refusal === undefined) return;
  if (refusal.retryAfter !== undefined) exchange.response.setHeader('retry-after', refusal.retryAfter);
  if (refusal.html) {
    exchange.request.finished = true;
    exchange.response.writeHead(refusal.status, { 'content-type': 'text/html' }).end('<h1>secret-host is down</h1>');
    return;
  }
  const message = `Upstream says ${refusal.status} from secret-host:8000.`;
  sendError(exchange, refusal.status, { message, code: `upstream_code_${refusal.status}`, param: 'messages' });
}

async function stream(exchange: Exchange, script: UpstreamScript): Promise<void> {
  const { request, response } = exchange;
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  await send(exchange, toChunk(request, { role: 'assistant', content: '' }));
  for (const delta of script.deltas) {
    if (script.delayMs > 0) await delay(script.delayMs);
    if (response.destroyed) return;
    await send(exchange, toChunk(request, delta));
  }
  if (script.ending === 'hang') return;
  if (script.ending === 'break') {
    response.destroy();
    return;
  }
  if (script.ending === 'error') {
    await send(exchange, { error: { message: 'secret-host:8000 ran out of memory', type: 'server_error', code: 500 } });
  }
  if (script.ending === 'done') await finish(exchange, script);
  request.finished = true;
  response.end();
}

async function finish(exchange: Exchange, script: UpstreamScript): Promise<void> {
  const { request, response } = exchange;
  await send(exchange, toChunk(request, {}, script.finishReason));
  if (script.usage && request.body.stream_options?.include_usage === true) {
    await send(exchange, { ...toChunk(request, {}), choices: [], usage: toUsage(request, script) });
  }
  response.write('data: [DONE]\n\n');
}

/** Resolves when the kernel has accepted the event, so that a later cut loses none, or when the client has left. */
function send({ request, response }: Exchange, event: unknown): Promise<void> {
  return new Promise((resolve) => {
    response.write(`data: ${JSON.stringify(event)}\n\n`, () => {
      request.eventsWritten++;
      resolve();
    });
  });
}

function sendError(exchange: Exchange, status: number, error: Record<string, unknown>): void {
  sendJson(exchange, status, { error: { type: 'invalid_request_error', param: null, code: null, ...error } });
}

function sendJson({ request, response }: Exchange, status: number, body: unknown): void {
  request.finished = true;
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
