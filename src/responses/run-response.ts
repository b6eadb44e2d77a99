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
    return followRun(plan, await beginRun(plan, deps, caller), { deps, caller, lock });
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

function followRun(plan: ResponsePlan, begun: BegunRun, { deps, caller, lock }: RunContext): ResponseRun {
  const run: ResponseRun = { events: follow(), failure: undefined, usageIsEstimate: false };
  return run;

  async function* follow(): AsyncGenerator<readonly ResponseEvent[]> {
    using _held = lock;
    const assembler = new ResponseAssembler(plan.resource, plan);
    let last: ResponseEvent[] | undefined;
    try {
      yield assembler.start();
      if (begun.compaction) yield assembler.addCompaction(sealCompaction(begun.compaction));
      for await (const batch of begun.batches ?? []) {
        const events = assembler.take(batch);
        if (events.length > 0) yield events;
      }
      last = await finish(assembler);
    } catch (error) {
      run.failure = ApiError.from(caller.signal.aborted ? caller.signal.reason : error);
      if (run.failure.code !== 'request_cancelled') last = assembler.fail(run.failure);
    } finally {
      // The reader went away before the end: what it has seen of the response can still be asked for.
      if (!last) await keepResponse(plan, deps.store, assembler.cancel()).catch(() => undefined);
    }
    if (last) yield await commit(last);
  }

  function sealCompaction({ summary, messages }: CompactedHistory): string {
    return deps.sealer.seal(plan.tenant, JSON.stringify({ summary, messages }));
  }

  async function finish(assembler: ResponseAssembler): Promise<ResponseEvent[]> {
    if (begun.batches) assertAnswered(assembler);
    const { usage, isEstimate } = await settleUsage(assembler, plan.agentRequest, begun);
    run.usageIsEstimate = isEstimate;
    return assembler.end(usage, Math.floor(Date.now() / 1000));
  }

  /** Everything is stored before the terminal event can be read: the next turn never misses it. */
  async function commit(last: ResponseEvent[]): Promise<ResponseEvent[]> {
    const terminal = last.at(-1);
    if (!terminal || !('response' in terminal)) return last;
    try {
      await keepResponse(plan, deps.store, terminal.response);
      return last;
    } catch (error) {
      run.failure = ApiError.from(error);
      const failed = { status: 'failed' as const, completed_at: null, incomplete_details: null };
      const response = { ...terminal.response, ...failed, error: toResponseError(run.failure) };
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
