import { ApiError } from '../errors/api-error.ts';
import type { ApprovalNote, CallObserver, ModelCall, RunObserver, ToolCall } from '../run-observer.ts';
import type { RunEnd, RunFacts, RunWatch, WatchRun } from './run-watch.ts';

export interface SessionHeader {
  name: string;
  value: string;
}

const unobserved: CallObserver = { ended() {} };

/** Measures one run, passes what happens to its watch, and reports its end once. */
export class RunReport implements RunObserver {
  /** Number of calls of server-side tools that the model has asked for. */
  toolCalls = 0;
  /** The session header of the agent's answer, once it has answered with one. */
  session: SessionHeader | undefined;
  readonly #facts: RunFacts;
  readonly #watch: RunWatch;
  #started = performance.now();
  #agent: string | undefined;
  #iterations = 0;
  #firstAt: number | undefined;
  #isBegun = false;
  #isOver = false;

  /** `stop`: stops the run, which then fails with the error. */
  constructor(watchRun: WatchRun, facts: RunFacts, stop: (error: ApiError) => void) {
    this.#facts = facts;
    this.#watch = watchRun({ facts, stop: (error) => this.#isOver || stop(error) });
  }

  /** Sets the model of a request that names none. */
  set model(model: string) {
    this.#facts.model = model;
  }

  /** The run has its slot. Later calls do nothing. */
  begin(): void {
    if (this.#isBegun) return;
    this.#isBegun = true;
    this.#started = performance.now();
    this.#watch.began?.();
  }

  routed(agent: string): void {
    this.#agent = agent;
    this.#watch.routed?.(agent);
  }

  sessionNamed(header: SessionHeader): void {
    this.session = header;
  }

  replied(toolCalls: number): void {
    this.#iterations += 1;
    this.toolCalls += toolCalls;
  }

  modelCalled(call: ModelCall): CallObserver {
    return this.#watch.modelCalled?.(call) ?? unobserved;
  }

  toolCalled(call: ToolCall): CallObserver {
    return this.#watch.toolCalled?.(call) ?? unobserved;
  }

  approvalAsked(approval: ApprovalNote): void {
    this.#watch.approvalAsked?.(approval);
  }

  approvalUsed(approval: ApprovalNote & { approve: boolean }): void {
    this.#watch.approvalUsed?.(approval);
  }

  /** Records the time of the first output. Later calls do nothing. */
  noteOutput(): void {
    if (this.#firstAt !== undefined) return;
    this.#firstAt = performance.now();
    this.#watch.answered?.();
  }

  end(end: RunEnd): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#watch.ended(end, {
      agent: this.#agent,
      milliseconds: this.#since(performance.now()),
      firstTokenMs: this.#firstAt === undefined ? undefined : this.#since(this.#firstAt),
      ...(this.toolCalls > 0 ? { iterations: this.#iterations, toolCalls: this.toolCalls } : {}),
    });
  }

  /** Reports that the run ended with this reason. Returns the reason as an error. */
  fail(reason: unknown): ApiError {
    const error = ApiError.from(reason);
    this.end({ outcome: error.code === 'request_cancelled' ? 'cancelled' : 'failed', error });
    return error;
  }

  #since(time: number): number {
    return Math.round((time - this.#started) * 10) / 10;
  }
}
