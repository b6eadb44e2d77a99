import type { Caller } from '../contract/operations.ts';
import { ApiError } from '../errors/api-error.ts';
import { keepResponse } from './keep-response.ts';
import { planResponse } from './plan-response.ts';
import { ResponseAssembler } from './response-assembler.ts';
import type { ResponseEvent, ResponseRequest, ResponsesDeps } from './responses-deps.ts';
import { settleUsage } from './settle-usage.ts';
import { toResponseError } from './to-response-error.ts';

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
  const plan = await planResponse(request, deps, caller);
  const batches = await deps.agent.run(plan.agentRequest, { signal: caller.signal });
  const run: ResponseRun = { events: follow(), failure: undefined, usageIsEstimate: false };
  return run;

  async function* follow(): AsyncGenerator<readonly ResponseEvent[]> {
    const assembler = new ResponseAssembler(plan.resource, { reasoningAsSummary: plan.reasoningAsSummary });
    let last: ResponseEvent[] | undefined;
    try {
      yield assembler.start();
      for await (const batch of batches) {
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

  async function finish(assembler: ResponseAssembler): Promise<ResponseEvent[]> {
    const { endReason } = assembler;
    if (!endReason) throw new ApiError('upstream_error', "The agent's answer ended early.");
    const saidNothing = assembler.output.length === 0;
    if (saidNothing && (endReason === 'stop' || endReason === 'tool-calls')) {
      throw new ApiError('upstream_error', 'The agent ended without producing any output.');
    }
    run.usageIsEstimate = assembler.usage === undefined;
    return assembler.end(await settleUsage(assembler, plan.agentRequest), Math.floor(Date.now() / 1000));
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
