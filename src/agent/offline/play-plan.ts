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
  /** Omitted when the client does not request log probabilities. */
  topLogprobs?: number;
}

/** The state of one answer. */
interface Progress extends PlayOptions {
  plan: Plan;
  /** The next batch. */
  ready: AgentEvent[];
  /** Events to send with the next token, such as a block's start. */
  held: AgentEvent[];
  outputTokens: number;
  reasoningTokens: number;
  reason: AgentEndReason;
}

/**
 * Events per batch when tokens have no delay. Each batch may be one write to a log. Between two batches the event loop
 * runs other work, and an abort takes effect.
 */
const eventsPerBatch = 64;

/**
 * Plays a plan in batches; a token with a delay is a batch. Throws `upstream_error` where the plan breaks, and the
 * error of the run when `signal` aborts.
 */
export async function* playPlan(plan: Plan, options: PlayOptions): AsyncGenerator<AgentEventBatch, void> {
  const counts = { outputTokens: 0, reasoningTokens: 0 };
  const progress: Progress = { ...options, ...counts, plan, ready: [], held: [], reason: 'stop' };
  for (const step of plan.steps) {
    const continues = yield* playStep(step, progress);
    if (!continues) break;
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

/** Sends all pending events before a pause. */
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
