import type { CallObserver } from '../../run-observer.ts';
import type { AgentClient, AgentEventBatch, AgentUsage } from '../agent-client.ts';

/** Wraps an agent so that the observer of a run sees each call of its model, with the end and the usage. */
export function observeCalls(agent: AgentClient, name: string): AgentClient {
  return {
    ...agent,
    run(request, options) {
      const { observer, signal } = options;
      if (!observer) return agent.run(request, options);
      const call = observer.modelCalled({
        agent: name,
        model: request.model,
        session: request.sessionId,
        input: () => request.messages,
      });
      return agent.run(request, { ...options, call }).then(
        (batches) => new ObservedAnswer(call, { batches, signal }),
        (error: unknown) => {
          call.ended({ error });
          throw error;
        },
      );
    },
  };
}

interface Observed {
  batches: AsyncIterable<AgentEventBatch>;
  signal: AbortSignal;
}

/** Passes an answer on. A generator that was never started would not report the end. */
class ObservedAnswer implements AsyncIterable<AgentEventBatch>, AsyncIterator<AgentEventBatch, undefined> {
  readonly #call: CallObserver;
  readonly #batches: AsyncIterator<AgentEventBatch>;
  readonly #signal: AbortSignal;
  readonly #onAbort = () => this.#end(this.#signal.reason);
  #usage: AgentUsage | undefined;
  #reason: string | undefined;
  #isAnswered = false;
  #isOver = false;

  constructor(call: CallObserver, { batches, signal }: Observed) {
    this.#call = call;
    this.#batches = batches[Symbol.asyncIterator]();
    this.#signal = signal;
    // An answer whose run is aborted may never be read.
    signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<AgentEventBatch, undefined>> {
    try {
      const next = await this.#batches.next();
      if (next.done) {
        this.#end();
        return { done: true, value: undefined };
      }
      this.#take(next.value);
      return next;
    } catch (error) {
      this.#end(error);
      throw error;
    }
  }

  /** Stops the agent. */
  async return(): Promise<IteratorResult<AgentEventBatch, undefined>> {
    await this.#batches.return?.();
    this.#end();
    return { done: true, value: undefined };
  }

  #take(batch: AgentEventBatch): void {
    if (!this.#isAnswered) {
      this.#isAnswered = true;
      this.#call.answered?.();
    }
    this.#call.received?.(batch);
    const last = batch.at(-1);
    if (last?.type !== 'run-end' && last?.type !== 'usage') return;
    if (last.type === 'run-end') this.#reason = last.reason;
    for (const event of batch) if (event.type === 'usage') this.#usage = event.usage;
  }

  #end(error?: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#signal.removeEventListener('abort', this.#onAbort);
    this.#call.ended({ error, usage: this.#usage, reason: this.#reason });
  }
}
