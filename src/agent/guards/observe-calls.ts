import type { CallObserver } from '../../run-observer.ts';
import type { AgentClient, AgentEventBatch, AgentUsage } from '../agent-client.ts';
import { toWholeRequest } from '../history/read-history.ts';
import { type AnswerWatch, WatchedAnswer } from './watched-answer.ts';

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
        input: () => toWholeRequest(request).messages,
      });
      return agent.run(request, { ...options, call }).then(
        (batches) => new WatchedAnswer(batches, signal, new CallReport(call)),
        (error: unknown) => {
          call.ended({ error });
          throw error;
        },
      );
    },
  };
}

/** Reports the answer of one call. */
class CallReport implements AnswerWatch {
  readonly #call: CallObserver;
  #usage: AgentUsage | undefined;
  #reason: string | undefined;
  #isAnswered = false;

  constructor(call: CallObserver) {
    this.#call = call;
  }

  received(batch: AgentEventBatch): void {
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

  ended(error?: unknown): undefined {
    this.#call.ended({ error, usage: this.#usage, reason: this.#reason });
  }
}
