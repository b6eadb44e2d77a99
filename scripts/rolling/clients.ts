import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type Api, StreamCheck } from '../soak/client/read-events.ts';
import { type StreamScript, toPrompt, toToken } from '../soak/script.ts';

/** Requests by kind, and the failures among them. */
export interface Tally {
  counts: Record<string, number>;
  failures: string[];
}

interface Reply {
  status: number;
  text: string;
}

const pollMs = 50;
const patienceMs = 60_000;
/** Streams last for about a second, so that restarts meet them. */
const script = { count: 20, rate: 20, gate: 1 };

/** One client: sends requests of its kind, one after another, until the signal aborts. */
export class RollingClient {
  readonly #origin: string;
  readonly #agent: Agent;
  readonly #tally: Tally;
  #number = 0;

  constructor(origin: string, { keepAlive }: { keepAlive: boolean }, tally: Tally) {
    this.#origin = origin;
    this.#agent = new Agent({ keepAlive });
    this.#tally = tally;
  }

  async run(kind: keyof typeof kinds, name: string, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const own: StreamScript = { key: `${name}-${this.#number++}`, ...script };
      const started = performance.now();
      const fault = await kinds[kind](own, (path, body) => this.#send(path, body)).catch((reason) => `${reason}`);
      this.#tally.counts[kind] = (this.#tally.counts[kind] ?? 0) + 1;
      if (fault !== undefined) this.#fail(`${kind} ${own.key}`, `${fault}`, performance.now() - started);
    }
    this.#agent.destroy();
  }

  #fail(name: string, fault: string, milliseconds: number): void {
    const at = new Date().toISOString();
    this.#tally.failures.push(`${at} ${name} after ${Math.round(milliseconds)} ms: ${fault}`);
  }

  #send(path: string, body?: object): Promise<Reply> {
    const { promise, resolve, reject } = Promise.withResolvers<Reply>();
    const headers = body === undefined ? {} : { 'content-type': 'application/json' };
    const method = body === undefined ? 'GET' : 'POST';
    const outgoing = request(this.#origin + path, { method, headers, agent: this.#agent }, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (chunk) => {
        text += chunk;
      });
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, text }));
      incoming.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
    return promise;
  }
}

type Send = (path: string, body?: object) => Promise<Reply>;

/** Each sends the requests of one exchange and returns its fault. */
export const kinds = {
  'streamed chat': (own: StreamScript, send: Send) =>
    checkStream('chat', own, send('/v1/chat/completions', { ...toChat(own), stream: true })),
  'streamed response': (own: StreamScript, send: Send) =>
    checkStream('responses', own, send('/v1/responses', { ...toResponse(own), stream: true })),
  'plain response': async (own: StreamScript, send: Send) =>
    checkResponse(own, await send('/v1/responses', toResponse(own))),
  'background response': async (own: StreamScript, send: Send) => {
    const created = await send('/v1/responses', { ...toResponse(own), background: true });
    if (created.status !== 200) return `${created.status} ${created.text}`;
    const { id } = JSON.parse(created.text);
    const deadline = performance.now() + patienceMs;
    for (;;) {
      const polled = await send(`/v1/responses/${id}`);
      if (polled.status !== 200) return `poll: ${polled.status} ${polled.text}`;
      const { status } = JSON.parse(polled.text);
      if (status !== 'queued' && status !== 'in_progress') return checkResponse(own, polled);
      if (performance.now() > deadline) return `still ${status} after ${patienceMs} ms`;
      await delay(pollMs);
    }
  },
  'list of models': async (_own: StreamScript, send: Send) => {
    const { status, text } = await send('/v1/models');
    return status === 200 ? undefined : `${status} ${text}`;
  },
} as const;

const toResponse = (own: StreamScript) => ({ model: 'soak', input: toPrompt(own) });
const toChat = (own: StreamScript) => ({ model: 'soak', messages: [{ role: 'user', content: toPrompt(own) }] });

async function checkStream(api: Api, own: StreamScript, sent: Promise<Reply>): Promise<string | undefined> {
  const { status, text } = await sent;
  if (status !== 200) return `${status} ${text}`;
  const check = new StreamCheck(api, own);
  check.read(Buffer.from(text));
  check.end();
  return (
    check.fault ??
    (check.terminal === 'completed' ? undefined : `the stream ended as ${check.terminal}: ${text.slice(-300)}`)
  );
}

function checkResponse({ key, count }: StreamScript, { status, text }: Reply): string | undefined {
  if (status !== 200) return `${status} ${text}`;
  const response = JSON.parse(text);
  const expected = Array.from({ length: count }, (_, index) => toToken(key, index)).join('');
  const output = response.output.at(-1)?.content[0]?.text;
  return response.status === 'completed' && output === expected ? undefined : `${response.status}: ${text.slice(-300)}`;
}
