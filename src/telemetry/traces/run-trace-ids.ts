import { type IdGenerator, RandomIdGenerator } from '@opentelemetry/sdk-trace-base';

/** Generates the ids of spans and traces. */
export class RunTraceIds implements IdGenerator {
  readonly #random = new RandomIdGenerator();
  #next: string | undefined;

  /**
   * Sets the trace of the next span without a parent to that of a run: 32 hex digits of its id. Every execution of a run
   * then has the same trace, on any server.
   */
  useRun(run: string): void {
    this.#next = /[0-9a-f]{32}$/.exec(run)?.[0];
  }

  generateTraceId = (): string => {
    const id = this.#next ?? this.#random.generateTraceId();
    this.#next = undefined;
    return id;
  };

  generateSpanId = (): string => this.#random.generateSpanId();
}
