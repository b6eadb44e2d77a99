import { setImmediate, setTimeout } from 'node:timers/promises';
import { ApiError } from '../../errors/api-error.ts';
import { createCallId } from '../../ids.ts';
import { splitTokens, type TokenPiece } from '../../tokens/split-tokens.ts';
import type { AgentEndReason, AgentEvent, AgentEventBatch } from '../agent-client.ts';
import { makeLogprobs } from './make-logprobs.ts';
import type { Plan, Step } from './step.ts';
import { throwIfAborted } from './throw-if-aborted.ts';

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
    if (!(yield* playStep(step, progress))) break;
  }
  if (plan.breakAfter !== undefined) throw breakOff();
  yield [...progress.held, toUsage(progress), { type: 'run-end', reason: progress.reason }];
}

/** `false` when the answer ends with this step. */
async function* playStep(step: Step, progress: Progress): AsyncGenerator<AgentEventBatch, boolean> {
  switch (step.type) {
    case 'wait':
      if (progress.held.length > 0) yield progress.held.splice(0);
      await pause(step.milliseconds, progress.signal);
      return true;
    case 'filter':
      progress.reason = 'content-filter';
      return false;
    case 'tool-call':
      return yield* playToolCall(step, progress);
    default:
      return yield* playText(step, progress);
  }
}

type TextStep = Extract<Step, { type: 'text' | 'reasoning' | 'refusal' }>;

async function* playText({ type, text, delayMs = 0 }: TextStep, progress: Progress) {
  const pieces = await splitTokens(text);
  if (!hasRoom(pieces[0], progress)) return endAtLimit(progress);
  progress.held.push({ type: `${type}-start` });
  const whole = yield* playPieces(pieces, progress, {
    delayMs,
    type,
    toEvent: (piece) => toDelta(type, piece, progress),
  });
  progress.held.push({ type: `${type}-end` });
  return whole || endAtLimit(progress);
}

type ToolCallStep = Extract<Step, { type: 'tool-call' }>;

async function* playToolCall(step: ToolCallStep, progress: Progress) {
  const pieces = await splitTokens(step.arguments);
  if (!hasRoom(pieces[0], progress)) return endAtLimit(progress);
  const callId = createCallId();
  const start: AgentEvent = { type: 'tool-call-start', callId, name: step.name };
  progress.held.push(step.result === undefined ? start : { ...start, agentRuns: true });
  const toEvent = (piece: string): AgentEvent => ({ type: 'tool-call-delta', callId, arguments: piece });
  const whole = yield* playPieces(pieces, progress, { delayMs: 0, type: step.type, toEvent });
  progress.held.push({ type: 'tool-call-end', callId });
  if (!whole) return endAtLimit(progress);
  if (step.result === undefined) progress.reason = 'tool-calls';
  else progress.held.push({ type: 'tool-result', callId, output: step.result });
  return true;
}

interface PieceOptions {
  delayMs: number;
  type: Step['type'];
  toEvent(text: string): AgentEvent;
}

/** `false` when the token limit cut the pieces short. */
async function* playPieces(pieces: TokenPiece[], progress: Progress, { delayMs, type, toEvent }: PieceOptions) {
  for (const piece of pieces) {
    if (!hasRoom(piece, progress)) return false;
    if (isBroken(progress)) throw breakOff();
    await beforeToken(delayMs, progress);
    progress.outputTokens += piece.tokens;
    if (type === 'reasoning') progress.reasoningTokens += piece.tokens;
    yield [...progress.held.splice(0), toEvent(piece.text)];
  }
  return true;
}

async function beforeToken(delayMs: number, { signal, outputTokens }: Progress): Promise<void> {
  if (delayMs > 0) return pause(delayMs, signal);
  if (outputTokens % tokensPerTurn === tokensPerTurn - 1) await setImmediate();
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

function toDelta(type: TextStep['type'], text: string, { topLogprobs }: Progress): AgentEvent {
  if (type !== 'text' || topLogprobs === undefined) return { type: `${type}-delta`, text };
  return { type: 'text-delta', text, logprobs: makeLogprobs(text, topLogprobs) };
}

function hasRoom(piece: TokenPiece | undefined, { outputTokens, plan }: Progress): boolean {
  return outputTokens + (piece?.tokens ?? 0) <= (plan.tokenLimit ?? Number.POSITIVE_INFINITY);
}

function endAtLimit(progress: Progress): false {
  progress.reason = 'length';
  return false;
}

const isBroken = ({ outputTokens, plan }: Progress): boolean =>
  plan.breakAfter !== undefined && outputTokens >= plan.breakAfter;

const breakOff = (): ApiError => new ApiError('upstream_error', 'The offline agent broke off, as asked.');

function toUsage({ inputTokens, outputTokens, reasoningTokens }: Progress): AgentEvent {
  return { type: 'usage', usage: { inputTokens, cachedInputTokens: 0, outputTokens, reasoningTokens } };
}
