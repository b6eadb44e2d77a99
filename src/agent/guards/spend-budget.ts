import type {
  AgentClient,
  AgentEvent,
  AgentEventBatch,
  AgentRequest,
  AgentUsage,
  RunOptions,
} from '../agent-client.ts';
import { estimateUsage } from '../usage/estimate-usage.ts';

type Budget = NonNullable<RunOptions['budget']>;

/**
 * Wraps an agent so that each call checks the token budget of the tenant first, and counts the tokens of its answer,
 * also of one that is cut, cancelled or fails. Tokens that the agent does not report are estimated. A run without a
 * budget costs nothing.
 */
export function spendBudget(agent: AgentClient): AgentClient {
  return {
    models: (options) => agent.models(options),
    run: (request, options) =>
      options.budget ? runWithin(options.budget, agent, request, options) : agent.run(request, options),
    [Symbol.asyncDispose]: () => agent[Symbol.asyncDispose](),
  };
}

async function runWithin(
  budget: Budget,
  agent: AgentClient,
  request: AgentRequest,
  options: RunOptions,
): Promise<AsyncIterable<AgentEventBatch>> {
  await budget.check();
  const batches = await agent.run(request, options);
  return new CountedAnswer(new TokenCount(request, budget), { batches, signal: options.signal });
}

interface Counted {
  batches: AsyncIterable<AgentEventBatch>;
  signal: AbortSignal;
}

/** Passes an answer on and counts its tokens at the end. A generator that was never started would not. */
class CountedAnswer implements AsyncIterable<AgentEventBatch>, AsyncIterator<AgentEventBatch, undefined> {
  readonly #count: TokenCount;
  readonly #batches: AsyncIterator<AgentEventBatch>;
  readonly #signal: AbortSignal;
  readonly #onAbort = () => void this.#end();

  constructor(count: TokenCount, { batches, signal }: Counted) {
    this.#count = count;
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
      if (!next.done) {
        for (const event of next.value) this.#count.take(event);
        return next;
      }
    } catch (error) {
      await this.#end();
      throw error;
    }
    await this.#end();
    return { done: true, value: undefined };
  }

  /** Stops the agent. */
  async return(): Promise<IteratorResult<AgentEventBatch, undefined>> {
    await this.#batches.return?.();
    await this.#end();
    return { done: true, value: undefined };
  }

  async #end(): Promise<void> {
    this.#signal.removeEventListener('abort', this.#onAbort);
    await this.#count.spend();
  }
}

/** Counts the tokens of one answer. */
class TokenCount {
  readonly #request: AgentRequest;
  readonly #budget: Budget;
  readonly #answer: string[] = [];
  readonly #reasoning: string[] = [];
  #usage: AgentUsage | undefined;
  #spent: Promise<void> | undefined;

  constructor(request: AgentRequest, budget: Budget) {
    this.#request = request;
    this.#budget = budget;
  }

  take(event: AgentEvent): void {
    switch (event.type) {
      case 'text-delta':
      case 'refusal-delta':
        this.#answer.push(event.text);
        return;
      case 'reasoning-delta':
        this.#reasoning.push(event.text);
        return;
      case 'tool-call-start':
        this.#answer.push(event.name);
        return;
      case 'tool-call-delta':
        this.#answer.push(event.arguments);
        return;
      case 'usage':
        this.#usage = event.usage;
        return;
      default:
    }
  }

  /** Adds the tokens to the counters, once. */
  spend(): Promise<void> {
    this.#spent ??= this.#add();
    return this.#spent;
  }

  async #add(): Promise<void> {
    const texts = { answer: this.#answer.join(''), reasoning: this.#reasoning.join('') };
    const { inputTokens, outputTokens } = this.#usage ?? (await estimateUsage(this.#request, texts));
    await this.#budget.spend(inputTokens + outputTokens);
  }
}
