import type {
  AgentClient,
  AgentEvent,
  AgentEventBatch,
  AgentRequest,
  AgentUsage,
  RunOptions,
} from '../agent-client.ts';
import { estimateUsage } from '../usage/estimate-usage.ts';
import { type AnswerWatch, WatchedAnswer } from './watched-answer.ts';

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
  return new WatchedAnswer(batches, options.signal, new TokenCount(request, budget));
}

/** Counts the tokens of one answer. */
class TokenCount implements AnswerWatch {
  readonly #request: AgentRequest;
  readonly #budget: Budget;
  readonly #answer: string[] = [];
  readonly #reasoning: string[] = [];
  #usage: AgentUsage | undefined;

  constructor(request: AgentRequest, budget: Budget) {
    this.#request = request;
    this.#budget = budget;
  }

  received(batch: AgentEventBatch): void {
    for (const event of batch) this.#take(event);
  }

  /** Adds the tokens to the counters. */
  async ended(): Promise<void> {
    const texts = { answer: this.#answer.join(''), reasoning: this.#reasoning.join('') };
    const { inputTokens, outputTokens } = this.#usage ?? (await estimateUsage(this.#request, texts));
    await this.#budget.spend(inputTokens + outputTokens);
  }

  #take(event: AgentEvent): void {
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
}
