import type { Caller } from '../contract/operations.ts';
import { ApiError } from '../errors/api-error.ts';
import { type BegunRun, beginRun } from './begin-run.ts';
import { keepResponse } from './keep-response.ts';
import type { CompactedHistory } from './open-sealed.ts';
import { planResponse, type ResponsePlan } from './plan-response.ts';
import { ResponseAssembler } from './response-assembler.ts';
import type { ResponseEvent, ResponseRequest, ResponsesDeps } from './responses-deps.ts';
import { settleUsage } from './settle-usage.ts';
import { toResponseError } from './to-response-error.ts';
import { lockConversation } from './turn-locks.ts';

/** One execution of the agent for one response. */
export interface ResponseRun {
  /** Every event of the response, contiguously numbered; the last one is terminal, and comes whatever happens. */
  events: AsyncIterable<readonly ResponseEvent[]>;
  /** Why it failed; set before the terminal event. */
  failure: ApiError | undefined;
  /** Are the token counts our own estimate? Set before the terminal event. */
  usageIsEstimate: boolean;
}

/**
 * Starts a response. Rejects with an ApiError when the request can't be served or the agent refuses it: then nothing
 * was produced and nothing is stored. Otherwise all that is kept of the run is committed before its terminal event.
 */
export async function runResponse(request: ResponseRequest, deps: ResponsesDeps, caller: Caller): Promise<ResponseRun> {
  const lock = lockConversation(request, deps.turnLocks, caller.tenant);
  try {
    const plan = await planResponse(request, deps, caller);
    return new FollowedRun(plan, await beginRun(plan, deps, caller), { deps, caller, lock });
  } catch (error) {
    lock?.[Symbol.dispose]();
    throw error;
  }
}

interface RunContext {
  deps: ResponsesDeps;
  caller: Caller;
  /** Held until the run is over. */
  lock: Disposable | undefined;
}

/**
 * A class, because its generator is made once. Of each generator function that is called V8 keeps a shape in old memory,
 * and the function with it: one made for each run keeps the whole run until the next full collection.
 */
class FollowedRun implements ResponseRun {
  readonly events: AsyncIterable<readonly ResponseEvent[]>;
  failure: ApiError | undefined;
  usageIsEstimate = false;
  readonly #plan: ResponsePlan;
  readonly #begun: BegunRun;
  readonly #context: RunContext;

  constructor(plan: ResponsePlan, begun: BegunRun, context: RunContext) {
    this.#plan = plan;
    this.#begun = begun;
    this.#context = context;
    this.events = this.#follow();
  }

  async *#follow(): AsyncGenerator<readonly ResponseEvent[]> {
    const { deps, caller, lock } = this.#context;
    using _held = lock;
    const { compaction, batches } = this.#begun;
    const assembler = new ResponseAssembler(this.#plan.resource, this.#plan);
    let last: ResponseEvent[] | undefined;
    try {
      yield assembler.start();
      if (compaction) yield assembler.addCompaction(this.#seal(compaction));
      for await (const batch of batches ?? []) {
        const events = assembler.take(batch);
        if (events.length > 0) yield events;
      }
      last = await this.#finish(assembler);
    } catch (error) {
      this.failure = ApiError.from(caller.signal.aborted ? caller.signal.reason : error);
      if (this.failure.code !== 'request_cancelled') last = assembler.fail(this.failure);
    } finally {
      // The reader went away before the end: what it has seen of the response can still be asked for.
      if (!last) await keepResponse(this.#plan, deps.store, assembler.cancel()).catch(() => undefined);
    }
    if (last) yield await this.#commit(last);
  }

  #seal({ summary, messages }: CompactedHistory): string {
    return this.#context.deps.sealer.seal(this.#plan.tenant, JSON.stringify({ summary, messages }));
  }

  async #finish(assembler: ResponseAssembler): Promise<ResponseEvent[]> {
    if (this.#begun.batches) assertAnswered(assembler);
    const { usage, isEstimate } = await settleUsage(assembler, this.#plan.agentRequest, this.#begun);
    this.usageIsEstimate = isEstimate;
    return assembler.end(usage, Math.floor(Date.now() / 1000));
  }

  /** Everything is stored before the terminal event can be read: the next turn never misses it. */
  async #commit(last: ResponseEvent[]): Promise<ResponseEvent[]> {
    const terminal = last.at(-1);
    if (!terminal || !('response' in terminal)) return last;
    try {
      await keepResponse(this.#plan, this.#context.deps.store, terminal.response);
      return last;
    } catch (error) {
      this.failure = ApiError.from(error);
      const failed = { status: 'failed' as const, completed_at: null, incomplete_details: null };
      const response = { ...terminal.response, ...failed, error: toResponseError(this.failure) };
      return [...last.slice(0, -1), { type: 'response.failed', sequence_number: terminal.sequence_number, response }];
    }
  }
}

function assertAnswered({ endReason, output }: ResponseAssembler): void {
  if (!endReason) throw new ApiError('upstream_error', "The agent's answer ended early.");
  const saidNothing = output.every((item) => item.type === 'compaction');
  if (saidNothing && (endReason === 'stop' || endReason === 'tool-calls')) {
    throw new ApiError('upstream_error', 'The agent ended without producing any output.');
  }
}
