import type { ApiError } from '../errors/api-error.ts';
import type { ApprovalNote, CallEnd, CallObserver, ModelCall, ToolCall } from '../run-observer.ts';
import type { RunId } from '../store/run-store.ts';
import type { TraceContext } from '../trace-context.ts';

export type RunOutcome = 'completed' | 'incomplete' | 'failed' | 'cancelled';

/** How a run ended. */
export interface RunEnd {
  outcome: RunOutcome;
  /** Why it is incomplete. */
  reason?: string | undefined;
  /** Why it failed or was cancelled. */
  error?: ApiError | undefined;
  inputTokens?: number | undefined;
  outputTokens?: number | undefined;
}

/** Facts of a run that are known at its start. */
export interface RunFacts {
  /** The id of the response or the chat completion. */
  run: RunId;
  tenant: string;
  /** Of the request that started the run, if any. */
  requestId?: string | undefined;
  /** The trace of that request. Every execution of the run belongs to it. */
  trace?: TraceContext | undefined;
  /** Set later for a chat completion without one. */
  model?: string | undefined;
  /** Number of choices of a chat completion, when there are several. */
  choices?: number | undefined;
  background?: true | undefined;
  /** Whether it continues without a reader. */
  detached?: true | undefined;
  /** Number of this execution of the run, from 1. Omitted for the first. */
  attempt?: number | undefined;
  /** Whether this server ended a run that another server began. */
  recovered?: true | undefined;
  /** Whether only a compaction was requested. */
  compaction?: true | undefined;
}

/** The measures of an ended run. */
export interface RunMeasures {
  /** The configured name of the agent, when several are configured. */
  agent?: string | undefined;
  /** From the slot to the end. */
  milliseconds?: number;
  firstTokenMs?: number | undefined;
  /** Replies of the model and its calls of server-side tools, if there are such calls. */
  iterations?: number | undefined;
  toolCalls?: number | undefined;
}

/** A run that this server executes. */
export interface WatchedRun {
  readonly facts: Readonly<RunFacts>;
  /** Stops the run, which then fails with the error. Does nothing once the run has ended. */
  stop(error: ApiError): void;
}

/** Watches one run. Its methods are called synchronously, on the hot path, and must not throw. */
export interface RunWatch {
  /** The run has its slot. */
  began?(): void;
  /** The run is routed to one of several agents. */
  routed?(agent: string): void;
  modelCalled?(call: ModelCall): CallObserver | undefined;
  toolCalled?(call: ToolCall): CallObserver | undefined;
  approvalAsked?(approval: ApprovalNote): void;
  approvalUsed?(approval: ApprovalNote & { approve: boolean }): void;
  /** The first output has arrived. */
  answered?(): void;
  /** Called once, last. A run that was refused by its agent or never got a slot ends too. */
  ended(end: RunEnd, measures: RunMeasures): void;
}

/** Begins to watch a run. It waits for its slot. */
export type WatchRun = (run: WatchedRun) => RunWatch;

/** Combines several watches. */
export function watchAll(all: readonly WatchRun[]): WatchRun {
  const [only] = all;
  if (only && all.length === 1) return only;
  return (run) => new Watches(all.map((watch) => watch(run)));
}

class Watches implements RunWatch {
  readonly #all: readonly RunWatch[];

  constructor(all: readonly RunWatch[]) {
    this.#all = all;
  }

  began(): void {
    for (const watch of this.#all) watch.began?.();
  }

  routed(agent: string): void {
    for (const watch of this.#all) watch.routed?.(agent);
  }

  modelCalled(call: ModelCall): CallObserver {
    const observers = new Observers();
    for (const watch of this.#all) observers.add(watch.modelCalled?.(call));
    return observers;
  }

  toolCalled(call: ToolCall): CallObserver {
    const observers = new Observers();
    for (const watch of this.#all) observers.add(watch.toolCalled?.(call));
    return observers;
  }

  approvalAsked(approval: ApprovalNote): void {
    for (const watch of this.#all) watch.approvalAsked?.(approval);
  }

  approvalUsed(approval: ApprovalNote & { approve: boolean }): void {
    for (const watch of this.#all) watch.approvalUsed?.(approval);
  }

  answered(): void {
    for (const watch of this.#all) watch.answered?.();
  }

  ended(end: RunEnd, measures: RunMeasures): void {
    for (const watch of this.#all) watch.ended(end, measures);
  }
}

/** The observers of one call. */
class Observers implements CallObserver {
  headers: CallObserver['headers'];
  received: CallObserver['received'];
  readonly #all: CallObserver[] = [];

  add(observer: CallObserver | undefined): void {
    if (!observer) return;
    this.#all.push(observer);
    this.headers ??= observer.headers;
    const [earlier, { received }] = [this.received, observer];
    if (!earlier || !received) {
      this.received ??= received;
      return;
    }
    this.received = (events) => {
      earlier(events);
      received(events);
    };
  }

  retried(error: unknown): void {
    for (const observer of this.#all) observer.retried?.(error);
  }

  answered(): void {
    for (const observer of this.#all) observer.answered?.();
  }

  ended(end: CallEnd): void {
    for (const observer of this.#all) observer.ended(end);
  }
}
