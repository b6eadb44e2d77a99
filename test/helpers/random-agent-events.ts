import type { AgentEndReason, AgentEvent, AgentLogprob } from '../../src/agent/agent-client.ts';
import { createRandom } from './random.ts';

/**
 * Generates a random valid run of an agent, split into random batches. `broken`: the run stops at a random point before its
 * `run-end`.
 */
export function randomBatches(seed: number, options: { broken: boolean }): AgentEvent[][] {
  const random = createRandom(seed);
  const events = randomRun(random);
  const kept = options.broken ? events.slice(0, random(events.length)) : events;
  const batches: AgentEvent[][] = [];
  while (kept.length > 0) batches.push(kept.splice(0, 1 + random(5)));
  return batches;
}

type Random = ReturnType<typeof createRandom>;

function randomRun(random: Random): AgentEvent[] {
  const events: AgentEvent[] = [];
  const blocks = 1 + random(6);
  for (let block = 0; block < blocks; block++) events.push(...randomBlock(random, block));
  if (random(2) === 0) events.push({ type: 'usage', usage: randomUsage(random) });
  return [...events, { type: 'run-end', reason: pick<AgentEndReason>(random, reasons) }];
}

const reasons: AgentEndReason[] = ['stop', 'tool-calls', 'length', 'content-filter'];

function randomBlock(random: Random, block: number): AgentEvent[] {
  const kind = pick(random, ['text', 'reasoning', 'refusal', 'calls', 'late calls', 'run'] as const);
  switch (kind) {
    case 'text':
      return inBlock(kind, words(random), (text) => ({ ...delta(kind, text), ...randomLogprobs(random, text) }));
    case 'reasoning':
    case 'refusal':
      return inBlock(kind, words(random), (text) => delta(kind, text));
    case 'calls':
      return interleave(random, parallelCalls(random, block));
    case 'late calls':
      return lateCalls(random, block);
    case 'run':
      return ownCall(random, `call_own_${block}`);
    default:
      return kind satisfies never;
  }
}

type BlockKind = 'text' | 'reasoning' | 'refusal';

const delta = (kind: BlockKind, text: string): AgentEvent => ({ type: `${kind}-delta`, text });

function inBlock(kind: BlockKind, texts: string[], toDelta: (text: string) => AgentEvent): AgentEvent[] {
  return [{ type: `${kind}-start` }, ...texts.map(toDelta), { type: `${kind}-end` }];
}

function randomLogprobs(random: Random, token: string): { logprobs?: AgentLogprob[] } {
  if (random(10) < 7) return {};
  const bytes = random(2) === 0 ? null : [...Buffer.from(token)];
  return {
    logprobs: [{ token, logprob: -(1 + random(100)) / 10, bytes, topLogprobs: [{ token, logprob: -0.5, bytes }] }],
  };
}

function parallelCalls(random: Random, block: number): AgentEvent[][] {
  const count = 1 + random(4);
  return Array.from({ length: count }, (_, index) => toCall(`call_${block}_${index}`, words(random)));
}

function toCall(callId: string, texts: string[]): AgentEvent[] {
  const deltas = texts.map((text): AgentEvent => ({ type: 'tool-call-delta', callId, arguments: text }));
  return [{ type: 'tool-call-start', callId, name: 'get_weather' }, ...deltas, { type: 'tool-call-end', callId }];
}

/** Calls that end only after the text that follows them, as with upstreams that do not mark the end of a call. */
function lateCalls(random: Random, block: number): AgentEvent[] {
  const calls = parallelCalls(random, block);
  const ends = calls.flatMap((events) => events.splice(-1));
  const text = inBlock('text', words(random), (word) => delta('text', word));
  return [...interleave(random, calls), ...text, ...ends];
}

function ownCall(random: Random, callId: string): AgentEvent[] {
  const [start, ...rest] = toCall(callId, words(random));
  const own: AgentEvent[] = start?.type === 'tool-call-start' ? [{ ...start, agentRuns: true }] : [];
  return [...own, ...rest, { type: 'tool-result', callId, output: words(random).join('') }];
}

/** Interleaves lists at random. Each keeps its order, and the lists start in order. */
function interleave(random: Random, lists: AgentEvent[][]): AgentEvent[] {
  const mixed: AgentEvent[] = [];
  let begun = 0;
  const left = lists.map((list) => [...list]);
  while (left.some((list) => list.length > 0)) {
    const index = random(Math.min(begun + 1, left.length));
    const next = left[index]?.shift();
    if (!next) continue;
    if (index === begun) begun++;
    mixed.push(next);
  }
  return mixed;
}

function words(random: Random): string[] {
  const count = random(5);
  return Array.from({ length: count }, () => pick(random, [' one', ' two', '{"a":', '1}', '\n', ' zwölf', ' 🌦️', '"']));
}

function randomUsage(random: Random) {
  const count = () => random(100);
  return { inputTokens: count(), cachedInputTokens: count(), outputTokens: count(), reasoningTokens: count() };
}

function pick<T>(random: Random, values: readonly T[]): T {
  const value = values[random(values.length)];
  if (value === undefined) throw new Error('Cannot pick from an empty list.');
  return value;
}
