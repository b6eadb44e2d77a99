import { type CheckReply, checkChat, checkChatStream, checkResponse, checkResponseStream } from './check-reply.ts';
import { streamTokens, type UpstreamModel } from './servers/chat-text.ts';

/** One kind of request, sent to Talaria and to its floor. */
export interface Scenario {
  name: string;
  title: string;
  /** The script of the server to compare with. */
  floor: string;
  path: string;
  body: string;
  check: CheckReply;
  /** The unit of the reported CPU time. */
  unit: 'request' | 'token';
  unitsPerRequest: number;
  concurrency: number;
  /** Warm-up requests to each server, until the hot code is compiled. */
  warmUp: number;
  /** Requests to each server in one round: a few tenths of a second of CPU time. */
  count: number;
  /** Accepted multiple of the floor's CPU time. */
  target?: number;
}

const pipeFloor = 'scripts/bench/servers/pipe-floor.ts';
const translateFloor = 'scripts/bench/servers/translate-floor.ts';
const question = 'What is the answer to this question, and how would one explain it to somebody in a hurry?';

const plain = { unit: 'request', unitsPerRequest: 1, concurrency: 32, warmUp: 30_000, count: 3000 } as const;
const stream = { unit: 'token', unitsPerRequest: streamTokens, concurrency: 16, warmUp: 160, count: 48 } as const;
const burst = { ...stream, warmUp: 2000, count: 400 } as const;

export const scenarios: readonly Scenario[] = [
  {
    name: 'chat',
    title: 'chat, plain',
    ...chat({ model: 'plain', stream: false }),
    ...plain,
    check: checkChat('plain'),
    target: 2.2,
  },
  {
    name: 'chat-stream',
    title: 'chat, streamed',
    ...chat({ model: 'paced', stream: true }),
    ...stream,
    check: checkChatStream('paced'),
    target: 1.8,
  },
  {
    name: 'chat-burst',
    title: 'chat, streamed in a burst',
    ...chat({ model: 'burst', stream: true }),
    ...burst,
    check: checkChatStream('burst'),
  },
  {
    name: 'responses',
    title: 'responses, plain, store off',
    ...responses({ model: 'plain', stream: false, store: false }),
    ...plain,
    check: checkResponse('plain'),
    target: 2.2,
  },
  {
    name: 'responses-sqlite',
    title: 'responses, plain, SQLite',
    ...responses({ model: 'plain', stream: false, store: true }),
    ...plain,
    check: checkResponse('plain'),
    target: 3,
  },
  {
    name: 'responses-stream',
    title: 'responses, streamed, store off',
    ...responses({ model: 'paced', stream: true, store: false }),
    ...stream,
    check: checkResponseStream('paced'),
    target: 1.8,
  },
  {
    name: 'responses-stream-sqlite',
    title: 'responses, streamed, SQLite',
    ...responses({ model: 'paced', stream: true, store: true }),
    ...stream,
    check: checkResponseStream('paced'),
    target: 1.8,
  },
  {
    name: 'responses-burst',
    title: 'responses, streamed in a burst, store off',
    ...responses({ model: 'burst', stream: true, store: false }),
    ...burst,
    check: checkResponseStream('burst'),
  },
];

type Request = Pick<Scenario, 'floor' | 'path' | 'body'>;

function chat(options: { model: UpstreamModel; stream: boolean }): Request {
  const messages = [
    { role: 'system', content: 'Answer in one sentence.' },
    { role: 'user', content: question },
  ];
  return { floor: pipeFloor, path: '/v1/chat/completions', body: JSON.stringify({ ...options, messages }) };
}

function responses(options: { model: UpstreamModel; stream: boolean; store: boolean }): Request {
  return { floor: translateFloor, path: '/v1/responses', body: JSON.stringify({ ...options, input: question }) };
}
