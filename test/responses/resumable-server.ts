import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type OpenAI from 'openai';
import type { ServerOptions } from '../../src/server.ts';
import { readEvents, type WireEvent } from '../clients/read-events.ts';
import { checkedFetch } from '../helpers/contract-check.ts';
import type { StoreKind } from '../helpers/local-stores.ts';
import { post, startTalaria, type TestServer } from '../helpers/talaria.ts';
import { startUpstream, type Upstream } from '../helpers/upstream.ts';
import { dataOf } from '../http/stream-reader.ts';

export const model = 'test-model';

/** A server in front of an upstream that counts requests. It can be stopped and restarted on its store. */
export interface ResumableServer extends AsyncDisposable {
  readonly url: string;
  readonly openai: OpenAI;
  readonly upstream: Upstream;
  stop(): Promise<void>;
  /** Restarts it after `stop`. The settings replace the earlier ones. */
  start(settings?: Record<string, string>): Promise<void>;
}

export async function startResumable(
  kind: StoreKind,
  settings: Record<string, string> = {},
  options: ServerOptions = {},
): Promise<ResumableServer> {
  await using stack = new AsyncDisposableStack();
  const upstream = stack.use(await startUpstream());
  const { url: storeUrl } = stack.use(await kind.open());
  const base = { STORE_URL: storeUrl, AGENT_URL: upstream.url, API_SERVER_SHUTDOWN_MS: '100', ...settings };
  let server: TestServer | undefined = await startTalaria(base, options);
  stack.defer(() => stop());
  const stop = async () => {
    await server?.[Symbol.asyncDispose]();
    server = undefined;
  };
  const running = () => server ?? assert.fail('the server is stopped');
  const moved = stack.move();
  return {
    upstream,
    stop,
    async start(again = {}) {
      server = await startTalaria({ ...base, ...again }, options);
    },
    get url() {
      return running().url;
    },
    get openai() {
      return running().openai;
    },
    [Symbol.asyncDispose]: () => moved.disposeAsync(),
  };
}

/** Creates a server for the tests of the enclosing suite. */
export function useResumable(kind: StoreKind, settings: Record<string, string> = {}): ResumableServer {
  const stack = new AsyncDisposableStack();
  let started: ResumableServer | undefined;
  before(async () => {
    started = stack.use(await startResumable(kind, settings));
  });
  after(() => stack.disposeAsync());
  const get = () => started ?? assert.fail('the server is started before the tests');
  return {
    start: (again) => get().start(again),
    stop: () => get().stop(),
    get url() {
      return get().url;
    },
    get openai() {
      return get().openai;
    },
    get upstream() {
      return get().upstream;
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** Returns how many requests with this last message the upstream got. */
export const turnsOf = ({ upstream }: Pick<ResumableServer, 'upstream'>, text: string): number =>
  upstream.requests.filter(({ body }) => body?.messages?.at(-1)?.content === text).length;

/** Returns the JSON texts of a response's events after one, to its end, checked against the contract. */
export async function readTexts(url: string, id: string, after?: number): Promise<string[]> {
  const place = after === undefined ? '' : `&starting_after=${after}`;
  const reply = await checkedFetch(`${url}/v1/responses/${id}?stream=true${place}`);
  return textsOf(reply);
}

/** Returns the JSON texts of a stream's events, without the final `[DONE]`. */
export async function textsOf(reply: Response): Promise<string[]> {
  const text = await reply.text();
  assert.equal(reply.status, 200, text);
  const lines = dataOf(text);
  assert.equal(lines.pop(), '[DONE]');
  return lines;
}

export const toEvents = (texts: string[]): WireEvent[] => readEvents(texts.map((text) => `data: ${text}\n`).join(''));

/** Starts a stream and returns the events that its reader has when it leaves: at least `count`. */
export async function readSome(url: string, body: object, count: number, headers: Record<string, string> = {}) {
  const reply = await post(`${url}/v1/responses`, { model, stream: true, ...body }, headers);
  assert.equal(reply.status, 200);
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of reply.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (dataOf(text).length >= count) break;
  }
  // The text after the last whole line begins the next one.
  const texts = dataOf(text.slice(0, text.lastIndexOf('\n') + 1)).filter((data) => data !== '[DONE]');
  const [first] = toEvents(texts);
  return { id: String(first?.['response'].id), texts };
}
