import { createCallId } from '../../ids.ts';
import type { AgentEvent } from '../agent-client.ts';
import { makeLogprob } from './make-logprob.ts';
import type { Step } from './step.ts';

/** A streamed step: its text, and the events before it, for each token, and after it. */
export interface Block {
  text: string;
  delayMs: number;
  start: AgentEvent;
  toDelta(piece: string): AgentEvent;
  end: AgentEvent;
  /** Sent after a block that was not cut short. */
  result?: AgentEvent;
}

type StreamedStep = Exclude<Step, { type: 'wait' | 'filter' }>;

/** Converts a step. `topLogprobs` is `undefined` when the client does not request log probabilities. */
export function toBlock(step: StreamedStep, topLogprobs: number | undefined): Block {
  if (step.type === 'tool-call') return toCallBlock(step);
  const { type, text, delayMs = 0 } = step;
  const start: AgentEvent = { type: `${type}-start` };
  const end: AgentEvent = { type: `${type}-end` };
  if (type !== 'text' || topLogprobs === undefined) {
    return { text, delayMs, start, toDelta: (piece) => ({ type: `${type}-delta`, text: piece }), end };
  }
  const toDelta = (piece: string): AgentEvent => ({
    type: 'text-delta',
    text: piece,
    logprobs: [makeLogprob(piece, topLogprobs)],
  });
  return { text, delayMs, start, toDelta, end };
}

function toCallBlock({ name, arguments: text, result }: Extract<Step, { type: 'tool-call' }>): Block {
  const callId = createCallId();
  const start: AgentEvent = { type: 'tool-call-start', callId, name };
  const block: Block = {
    text,
    delayMs: 0,
    start: result === undefined ? start : { ...start, agentRuns: true },
    toDelta: (piece) => ({ type: 'tool-call-delta', callId, arguments: piece }),
    end: { type: 'tool-call-end', callId },
  };
  return result === undefined ? block : { ...block, result: { type: 'tool-result', callId, output: result } };
}
