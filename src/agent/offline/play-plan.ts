import { setImmediate } from 'node:timers/promises';
import { ApiError } from '../../errors/api-error.ts';
import { splitTokens } from '../../tokens/split-tokens.ts';
import { pause, throwIfAborted } from '../abort.ts';
import type { AgentEndReason, AgentEvent, AgentEventBatch } from '../agent-client.ts';
import type { Plan, Step } from './step.ts';
import { type Block, toBlock } from './to-block.ts';

export interface PlayOptions {
  inputTokens: number;
  signal: AbortSignal;
  /** Present when log probabilities are wanted. */
  topLogprobs?: number;
}

/** What one answer has come to so far. */
interface Progress extends PlayOptions {
  plan: Plan;
  /** The next batch. */
  ready: AgentEvent[];
  /** Events that go out with the next token: a block's start is no read of its own. */
  held: AgentEvent[];
  outputTokens: number;
  reasoningTokens: number;
  reason: AgentEndReason;
}

/**
 * Tokens without a delay are sent so many at once, as one read of a fast upstream holds several: where a log is kept, each
 * batch is a write. Between two, others get a turn on the event loop, and an abort can be seen.
 */
const eventsPerBatch = 64;

/**
 * Plays a plan, in batches; a token with a delay has one of its own. Throws `upstream_error` where the plan breaks,
 * `request_cancelled` as soon as `signal` aborts.
 */
export async function* playPlan(plan: Plan, options: PlayOptions): AsyncGenerator<AgentEventBatch, void> {
  const counts = { outputTokens: 0, reasoningTokens: 0 };
  const progress: Progress = { ...options, ...counts, plan, ready: [], held: [], reason: 'stop' };
  for (const step of plan.steps) {
    const goesOn = yield* playStep(step, progress);
    if (!goesOn) break;
  }
  if (plan.breakAfter !== undefined) yield* breakOff(progress);
  yield [...progress.ready, ...progress.held, toUsage(progress), { type: 'run-end', reason: progress.reason }];
}

/** Returns `false` when the answer ends with this step. */
async function* playStep(step: Step, progress: Progress): AsyncGenerator<AgentEventBatch, boolean> {
  if (step.type === 'wait') {
    yield* sendAll(progress);
    await pause(step.milliseconds, progress.signal);
    return true;
  }
  const before = progress.outputTokens;
  const whole = step.type !== 'filter' && (yield* playBlock(toBlock(step, progress.topLogprobs), progress));
  if (step.type === 'reasoning') progress.reasoningTokens += progress.outputTokens - before;
  if (!whole) progress.reason = step.type === 'filter' ? 'content-filter' : 'length';
  else if (step.type === 'tool-call' && step.result === undefined) progress.reason = 'tool-calls';
  return whole;
}

/** Returns `false` when the token limit cut the block short. */
async function* playBlock(block: Block, progress: Progress): AsyncGenerator<AgentEventBatch, boolean> {
  if (block.text !== '' && progress.outputTokens >= tokenLimit(progress)) return false;
  if (block.delayMs > 0) yield* sendAll(progress);
  progress.held.push(block.start);
  for (const piece of await splitTokens(block.text)) {
    if (progress.outputTokens + piece.tokens > tokenLimit(progress)) {
      progress.held.push(block.end);
      return false;
    }
    if (progress.outputTokens >= breakAfter(progress)) yield* breakOff(progress);
    if (block.delayMs > 0) await pause(block.delayMs, progress.signal);
    progress.outputTokens += piece.tokens;
    progress.ready.push(...progress.held.splice(0), block.toDelta(piece.text));
    if (block.delayMs > 0 || progress.ready.length >= eventsPerBatch) yield* send(progress);
  }
  progress.held.push(block.end, ...(block.result === undefined ? [] : [block.result]));
  return true;
}

async function* send({ ready, signal }: Progress): AsyncGenerator<AgentEventBatch, void> {
  if (ready.length > 0) yield ready.splice(0);
  await setImmediate();
  throwIfAborted(signal);
}

/** Before a silence: what would go out with the next token can't wait for it. */
function sendAll(progress: Progress): AsyncGenerator<AgentEventBatch, void> {
  progress.ready.push(...progress.held.splice(0));
  return send(progress);
}

async function* breakOff({ ready }: Progress): AsyncGenerator<AgentEventBatch, never> {
  if (ready.length > 0) yield ready;
  throw new ApiError('upstream_error', 'The offline agent broke off, as asked.');
}

const tokenLimit = ({ plan }: Progress): number => plan.tokenLimit ?? Number.POSITIVE_INFINITY;

const breakAfter = ({ plan }: Progress): number => plan.breakAfter ?? Number.POSITIVE_INFINITY;

function toUsage({ inputTokens, outputTokens, reasoningTokens }: Progress): AgentEvent {
  return { type: 'usage', usage: { inputTokens, cachedInputTokens: 0, outputTokens, reasoningTokens } };
}
