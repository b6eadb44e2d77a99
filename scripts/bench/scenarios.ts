import { checkChat, checkChatStream, checkResponse, checkResponseStream } from './check-reply.ts';
import { measureChain } from './measures/measure-chain.ts';
import { measureFan } from './measures/measure-fan.ts';
import { type LoadWork, measureLoad } from './measures/measure-load.ts';
import { measureIdle, measureStart } from './measures/measure-start.ts';
import type { Figure, Scenario } from './scenario.ts';
import { tokenCounts, type UpstreamModel } from './servers/chat-text.ts';

/** How much is sent. */
export interface Effort {
  /** Factor of the warm-up. Less than 1: the figures include uncompiled code. */
  warmUp: number;
  /** Factor of the requests in a round. */
  count: number;
  /** Most rounds of the long scenarios. */
  longRounds: number;
}

export const fullEffort: Effort = { warmUp: 1, count: 1, longRounds: 3 };
/** All scenarios within three minutes. */
export const quickEffort: Effort = { warmUp: 0.15, count: 0.4, longRounds: 1 };

const smokeEffort: Effort = { warmUp: 0.05, count: 0.15, longRounds: 5 };
const smokeNames = ['chat', 'responses-stored', 'responses-stream', 'responses-stream-stored'];

/** Scenarios for other servers, without those that take too long on slow ones. */
export const peerNames: readonly string[] = [
  ...['responses', 'responses-stored', 'responses-stream', 'responses-stream-stored'],
  ...['chat', 'chat-stream', 'idle', 'start'],
];

const pipeFloor = 'scripts/bench/servers/pipe-floor.ts';
const translateFloor = 'scripts/bench/servers/translate-floor.ts';
const storeFloor = 'scripts/bench/servers/store-floor.ts';

const question = 'What is the answer to this question, and how would one explain it to a person in a hurry?';
const fanStreams = 2000;

const plain = { concurrency: 32, warmUp: 30_000, count: 3000 };
const alone = { concurrency: 1, warmUp: 10_000, count: 1500 };
const paced = { concurrency: 32, warmUp: 160, count: 64 };
const burst = { concurrency: 32, warmUp: 2000, count: 400 };

type Amount = Pick<LoadWork, 'concurrency' | 'warmUp' | 'count'>;

/** Returns all scenarios in the order of the table. */
export function createScenarios(effort: Effort): Scenario[] {
  const load = (name: string, title: string, work: LoadKind, amount: Amount, atMost: number): Scenario => {
    const { floor, unit, ...rest } = work;
    const warmUp = scale(amount.warmUp, effort.warmUp, amount.concurrency);
    const count = scale(amount.count, effort.count, amount.concurrency);
    return {
      name,
      figures: [cpuFigure('cpu', `${title}, per ${unit}`, atMost)],
      floor,
      open: measureLoad({ ...rest, concurrency: amount.concurrency, warmUp, count }),
    };
  };
  return [
    load('responses', 'responses, plain, not stored', responses('plain', { stream: false, store: false }), plain, 1.8),
    load(
      'responses-stored',
      'responses, plain, stored',
      responses('plain', { stream: false, store: true }),
      plain,
      1.3,
    ),
    load(
      'responses-stream-stored',
      'responses, streamed, stored',
      responses('paced', { stream: true, store: true }),
      paced,
      1.25,
    ),
    load(
      'responses-stream',
      'responses, streamed, not stored',
      responses('paced', { stream: true, store: false }),
      paced,
      1.05,
    ),
    load(
      'responses-burst',
      'responses, streamed in a burst, not stored',
      responses('burst', { stream: true, store: false }),
      burst,
      1.1,
    ),
    chain('chain-1000', 1000, effort),
    load('chat-alone', 'chat, plain, one connection', chat('plain', false), alone, 1.8),
    load('chat', 'chat, plain, 32 connections', chat('plain', false), plain, 2),
    load('chat-stream', 'chat, streamed', chat('paced', true), paced, 1.2),
    load('chat-burst', 'chat, streamed in a burst', chat('burst', true), burst, 1.8),
    fan('fan-2000-stored', true, effort),
    fan('fan-2000', false, effort),
    {
      name: 'idle',
      figures: [{ name: 'memory', title: 'idle memory', unit: 'MB', isRatio: false, atMost: 110 }],
      floor: storeFloor,
      open: measureIdle,
    },
    {
      name: 'start',
      figures: [
        { name: 'cpu', title: 'start, CPU time to the first `/health`', unit: 'ms', isRatio: false, atMost: 400 },
      ],
      floor: storeFloor,
      open: measureStart,
    },
  ];
}

/** Returns a few scenarios that take half a minute. Their figures include uncompiled code. */
export function createSmokeScenarios(): Scenario[] {
  const short = createScenarios(smokeEffort).filter(({ name }) => smokeNames.includes(name));
  return [...short, chain('chain-100', 100, smokeEffort)];
}

/** Returns the continuation of chains of `turns` turns. */
function chain(name: string, turns: number, effort: Effort): Scenario {
  const chains = 2;
  return {
    name,
    floor: storeFloor,
    maxRounds: Math.max(3, effort.longRounds),
    figures: [
      cpuFigure('deep', `turn ${(turns + 1).toLocaleString('en')} of a chain`, 1),
      cpuFigure('first', 'first turn of a chain', 1.5),
      { name: 'disk', title: `on disk, turn ${(turns + 1).toLocaleString('en')}`, unit: 'KB', isRatio: false },
    ],
    open: measureChain({
      turns,
      chains,
      warmUp: scale(3000, effort.warmUp, chains),
      firstTurns: scale(600, effort.count, chains),
      count: scale(40, effort.count, 1),
    }),
  };
}

function fan(name: string, store: boolean, effort: Effort): Scenario {
  const title = `${fanStreams.toLocaleString('en')} streams, ${store ? 'stored' : 'not stored'}`;
  return {
    name,
    floor: store ? storeFloor : translateFloor,
    maxRounds: effort.longRounds,
    figures: [
      cpuFigure('cpu', `${title}, per token`, 1.2),
      { name: 'whole', title: `${title}, whole`, unit: '', isRatio: false, atLeast: fanStreams },
      { name: 'together', title: `${title}, together`, unit: '', isRatio: false, atLeast: fanStreams },
      { name: 'memory', title: `${title}, memory of each`, unit: 'KB', isRatio: false, atMost: 60 },
    ],
    open: measureFan({ streams: fanStreams, model: 'slow', store, warmUp: scale(160, effort.warmUp, 32) }),
  };
}

const cpuFigure = (name: string, title: string, atMost: number): Figure => ({
  name,
  title,
  unit: 'µs',
  isRatio: true,
  atMost,
});

const scale = (number: number, factor: number, atLeast: number): number =>
  Math.max(atLeast, Math.round(number * factor));

type LoadKind = Pick<LoadWork, 'path' | 'body' | 'check' | 'units'> & { floor: string; unit: 'request' | 'token' };

function chat(model: UpstreamModel, stream: boolean): LoadKind {
  const messages = [
    { role: 'system', content: 'Answer in one sentence.' },
    { role: 'user', content: question },
  ];
  return {
    floor: pipeFloor,
    path: '/v1/chat/completions',
    body: JSON.stringify({ model, stream, messages }),
    check: stream ? checkChatStream(model) : checkChat(model),
    ...toUnit(model, stream),
  };
}

function responses(model: UpstreamModel, { stream, store }: { stream: boolean; store: boolean }): LoadKind {
  return {
    floor: store ? storeFloor : translateFloor,
    path: '/v1/responses',
    body: JSON.stringify({ model, stream, store, input: question }),
    check: stream ? checkResponseStream(model) : checkResponse(model),
    ...toUnit(model, stream),
  };
}

const toUnit = (model: UpstreamModel, stream: boolean): Pick<LoadKind, 'unit' | 'units'> =>
  stream ? { unit: 'token', units: tokenCounts[model] } : { unit: 'request', units: 1 };
