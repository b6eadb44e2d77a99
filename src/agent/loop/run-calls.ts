import { limits } from '../../config/limits.ts';
import { createItemId } from '../../ids.ts';
import type { RunObserver } from '../../run-observer.ts';
import { untilAborted } from '../abort.ts';
import type { AgentEvent } from '../agent-client.ts';
import { toCallEnd, toCallProgress, toCallStart, toUnknownCall } from './call-items.ts';
import type { PlannedCall } from './journal-step.ts';
import type { LoopState } from './loop-state.ts';
import { type PreparedCall, type PrepareOptions, prepareCall } from './prepare-call.ts';
import { Reports } from './reports.ts';
import type { ToolProgress, ToolResult } from './tool-session.ts';

export interface CallOptions extends PrepareOptions {
  signal: AbortSignal;
  /** Whether the client can be asked for approval. */
  canApprove: boolean;
  /** Milliseconds between two progress events of one call. */
  progressMs: number;
  observer?: RunObserver | undefined;
}

/**
 * Runs calls, at most `limits.toolCallsAtOnce` at once. Yields their events and steps in batches. A tool begins only once
 * the batch with its start has been taken, and the next batch is asked for. `carry`: events for the first batch.
 */
export async function* runCalls(
  calls: readonly PlannedCall[],
  carry: readonly AgentEvent[],
  options: CallOptions,
): AsyncGenerator<AgentEvent[]> {
  const stop = new AbortController();
  const running = new RunningCalls(options, AbortSignal.any([options.signal, stop.signal]));
  const waiting = [...calls];
  let events = [...carry];
  try {
    for (;;) {
      const begun: PreparedCall[] = [];
      while (waiting.length > 0 && running.count + begun.length < limits.toolCallsAtOnce) {
        const call = prepareCall(waiting.shift() as PlannedCall, options);
        events.push(...toStartEvents(call, options.state));
        if (call.result) events.push(...toEndEvents(call, call.result, options));
        else begun.push(call);
      }
      if (events.length > 0) yield events;
      for (const call of begun) running.begin(call);
      if (running.isIdle) return;
      events = await running.next();
    }
  } finally {
    stop.abort();
  }
}

/** The calls that run at this time. */
class RunningCalls {
  readonly #options: CallOptions;
  readonly #signal: AbortSignal;
  readonly #reports = new Reports<AgentEvent>();
  count = 0;

  constructor(options: CallOptions, signal: AbortSignal) {
    this.#options = options;
    this.#signal = signal;
  }

  /** Whether no call runs, and all events were read. */
  get isIdle(): boolean {
    return this.count === 0 && this.#reports.isEmpty;
  }

  begin(call: PreparedCall): void {
    this.count += 1;
    void this.#call(call).then(
      (result) => {
        this.count -= 1;
        this.#reports.add(toEndEvents(call, result, this.#options));
      },
      (error: unknown) => this.#reports.fail(error),
    );
  }

  /** Resolves with the events since the last call, at least one. Rejects as soon as the run is aborted. */
  next(): Promise<AgentEvent[]> {
    return untilAborted(this.#reports.take(), this.#options.signal);
  }

  async #call(call: PreparedCall): Promise<ToolResult> {
    const { session, progressMs, showsItems, observer } = this.#options;
    const { server, planned, args } = call;
    if (!server || !args) throw new TypeError('The call was not prepared to run.');
    let reportedAt = Number.NEGATIVE_INFINITY;
    const onProgress = (progress: ToolProgress) => {
      const now = performance.now();
      if (!showsItems || now - reportedAt < progressMs) return;
      reportedAt = now;
      this.#reports.add([toCallProgress(planned, progress)]);
    };
    const isApproved = planned.approvalId !== undefined;
    const { tool, callId } = planned;
    const watch = observer?.toolCalled({
      server: server.label,
      tool,
      callId,
      isOfRequest: server.url !== undefined,
      args,
    });
    const options = { signal: this.#signal, onProgress, isApproved, headers: watch?.headers };
    try {
      const result = await session.call(server, tool, args, options);
      watch?.ended({ isToolError: result.isError, content: result.content });
      return result;
    } catch (error) {
      watch?.ended({ error });
      throw error;
    }
  }
}

function toStartEvents({ planned, isShown, isOpen, result }: PreparedCall, state: LoopState): AgentEvent[] {
  const shown = isShown && !isOpen && planned.server !== '' ? toCallStart(planned) : [];
  return result ? shown : [...shown, state.record({ type: 'tool-started', callId: planned.callId })];
}

function toEndEvents(
  { planned, isShown, isInterrupted }: PreparedCall,
  result: ToolResult,
  { state, canApprove }: CallOptions,
): AgentEvent[] {
  const { callId } = planned;
  const { content, isError, confirmation } = result;
  const shown = planned.server === '' ? toUnknownCall(planned, result) : toCallEnd(planned, result);
  const asks = canApprove && confirmation !== undefined && planned.approvalId === undefined;
  const details = {
    ...(isInterrupted ? { interrupted: true as const } : {}),
    ...(asks ? { approvalId: createItemId('mcpr') } : {}),
  };
  return [...(isShown ? shown : []), state.record({ type: 'tool-finished', callId, content, isError, ...details })];
}
