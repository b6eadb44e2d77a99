import { setImmediate, setTimeout } from 'node:timers/promises';
import { ApiError } from '../../errors/api-error.ts';
import { splitTokens } from '../../tokens/split-tokens.ts';
import type { AgentEndReason, AgentEvent, AgentEventBatch } from '../agent-client.ts';
import { throwIfAborted } from '../throw-if-aborted.ts';
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
  /** Events that go out with the next token: a block's start is no read of its own. */
  held: AgentEvent[];
  outputTokens: number;
  reasoningTokens: number;
  reason: AgentEndReason;
}

/** Tokens without a delay that are sent before others get a turn on the event loop, and an abort can be seen. */
const tokensPerTurn = 64;

/**
 * Plays a plan, one batch for each token. Throws `upstream_error` where the plan breaks, `request_cancelled` as soon as
 * `signal` aborts.
 */
export async function* playPlan(plan: Plan, options: PlayOptions): AsyncGenerator<AgentEventBatch, void> {
  const progress: Progress = { ...options, plan, held: [], outputTokens: 0, reasoningTokens: 0, reason: 'stop' };
  for (const step of plan.steps) {
    const goesOn = yield* playStep(step, progress);
    if (!goesOn) break;
  }
  if (plan.breakAfter !== undefined) throw breakOff();
  yield [...progress.held, toUsage(progress), { type: 'run-end', reason: progress.reason }];
}

/** Returns `false` when the answer ends with this step. */
async function* playStep(step: Step, progress: Progress): AsyncGenerator<AgentEventBatch, boolean> {
  if (step.type === 'wait') {
    if (progress.held.length > 0) yield progress.held.splice(0);
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
  progress.held.push(block.start);
  for (const piece of await splitTokens(block.text)) {
    if (progress.outputTokens + piece.tokens > tokenLimit(progress)) {
      progress.held.push(block.end);
      return false;
    }
    await beforeToken(block.delayMs, progress);
    progress.outputTokens += piece.tokens;
    yield [...progress.held.splice(0), block.toDelta(piece.text)];
  }
  progress.held.push(block.end, ...(block.result === undefined ? [] : [block.result]));
  return true;
}

async function beforeToken(delayMs: number, { signal, outputTokens, plan }: Progress): Promise<void> {
  if (plan.breakAfter !== undefined && outputTokens >= plan.breakAfter) throw breakOff();
  if (delayMs > 0) await pause(delayMs, signal);
  else if (outputTokens % tokensPerTurn === tokensPerTurn - 1) await setImmediate();
  throwIfAborted(signal);
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(milliseconds, undefined, { signal });
  } catch (error) {
    throwIfAborted(signal);
    throw error;
  }
}

const tokenLimit = ({ plan }: Progress): number => plan.tokenLimit ?? Number.POSITIVE_INFINITY;

const breakOff = (): ApiError => new ApiError('upstream_error', 'The offline agent broke off, as asked.');

function toUsage({ inputTokens, outputTokens, reasoningTokens }: Progress): AgentEvent {
  return { type: 'usage', usage: { inputTokens, cachedInputTokens: 0, outputTokens, reasoningTokens } };
}
