import { setImmediate } from 'node:timers/promises';
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
  /** When the first token was due, once there is a rate. */
  startedAt: number | undefined;
  isCuePlayed: boolean;
}

/**
 * Events per batch when tokens have no delay. Each batch may be one write to a log. Between two batches the event loop
 * runs other work, and an abort takes effect.
 */
const eventsPerBatch = 64;

/**
 * Plays a plan in batches; a token with a delay is a batch. Throws the error of
 * the plan's cue, and that of the run when `signal` aborts.
 */
export async function* playPlan(plan: Plan, options: PlayOptions): AsyncGenerator<AgentEventBatch, void> {
  const start = { startedAt: undefined, isCuePlayed: false };
  const counts = { outputTokens: 0, reasoningTokens: 0 };
  const progress: Progress = { ...options, ...counts, plan, ready: [], held: [], reason: 'stop', ...start };
  for (const step of plan.steps) {
    const continues = yield* playStep(step, progress);
    if (!continues) break;
  }
  yield* playCue(progress);
  yield [...progress.ready, ...progress.held, toUsage(progress), { type: 'run-end', reason: toReason(progress) }];
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
    if (progress.outputTokens >= (progress.plan.cue?.after ?? Number.POSITIVE_INFINITY)) yield* playCue(progress);
    if (block.delayMs > 0) await pause(block.delayMs, progress.signal);
    else if (progress.plan.rate !== undefined) yield* keepPace(progress, progress.plan.rate);
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

/** Waits until the next token is due. Tokens that are due together are one batch. */
async function* keepPace(progress: Progress, rate: number): AsyncGenerator<AgentEventBatch, void> {
  progress.startedAt ??= performance.now();
  const dueMs = progress.startedAt + (progress.outputTokens * 1000) / rate - performance.now();
  if (dueMs < 1) return;
  yield* sendAll(progress);
  await pause(dueMs, progress.signal);
}

async function* playCue(progress: Progress): AsyncGenerator<AgentEventBatch, void> {
  const { plan, ready } = progress;
  if (!plan.cue || progress.isCuePlayed) return;
  progress.isCuePlayed = true;
  if (ready.length > 0) yield ready.splice(0);
  await plan.cue.play();
  throwIfAborted(progress.signal);
}

const tokenLimit = ({ plan }: Progress): number => plan.tokenLimit ?? Number.POSITIVE_INFINITY;

const toReason = ({ plan, reason }: Progress): AgentEndReason =>
  reason === 'length' || plan.endReason === undefined ? reason : plan.endReason;

function toUsage({ plan, inputTokens, outputTokens, reasoningTokens }: Progress): AgentEvent {
  const counted = { inputTokens, cachedInputTokens: 0, outputTokens, reasoningTokens };
  return { type: 'usage', usage: { ...counted, ...plan.usage } };
}
