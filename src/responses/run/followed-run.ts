import type { Caller } from '../../contract/operations.ts';
import { ApiError } from '../../errors/api-error.ts';
import { sealCompaction } from '../../items/open-sealed.ts';
import type { CompactedHistory } from '../../items/parse-compaction.ts';
import type { RunEnd, RunReport } from '../../runs/run-log.ts';
import { untilReady } from '../../runs/run-slots.ts';
import { ResponseAssembler } from '../events/response-assembler.ts';
import { toResponseError } from '../events/to-response-error.ts';
import type { ResponsePlan } from '../plan/plan-response.ts';
import type { ResponseEvent, ResponseResource, ResponsesDeps } from '../responses-deps.ts';
import type { BegunRun } from './begin-run.ts';
import type { HeldTurn } from './hold-turn.ts';
import { keepResponse } from './keep-response.ts';
import type { ResponseLog } from './response-log.ts';
import type { ResponseRun } from './response-run.ts';
import { settleUsage } from './settle-usage.ts';

export interface RunContext {
  deps: ResponsesDeps;
  caller: Caller;
  /** Given back when the run is over. */
  held: HeldTurn;
  /** Absent: what happens is told to one reader alone. */
  log: ResponseLog | undefined;
  report: RunReport;
  /** Asks the agent. Called once, after the first events. */
  begin(): Promise<BegunRun>;
  /** The types of events that are in the log already. */
  told?: readonly string[];
  /** Which execution this is of a run that a server which stops leaves to others, while it has produced nothing. */
  attempt?: number;
}

/**
 * A run, driven by whoever reads its events: a reader who is slow slows the agent, one who leaves stops it.
 *
 * A class, because its generator is made once. Of each generator function that is called V8 keeps a shape in old memory,
 * and the function with it: one made for each run keeps the whole run until the next full collection.
 */
export class FollowedRun implements ResponseRun {
  readonly events: AsyncIterable<readonly ResponseEvent[]>;
  failure: ApiError | undefined;
  usageIsEstimate = false;
  readonly #plan: ResponsePlan;
  readonly #context: RunContext;
  readonly #assembler: ResponseAssembler;
  /** Events that could not be written to the log: they come before its last ones, so that none is skipped. */
  #untold: readonly ResponseEvent[] = [];
  #isLeft = false;

  constructor(plan: ResponsePlan, context: RunContext) {
    this.#plan = plan;
    this.#context = context;
    this.#assembler = new ResponseAssembler(plan.resource, { ...plan, sentTypes: context.told ?? [] });
    this.events = this.#follow();
  }

  async *#follow(): AsyncGenerator<readonly ResponseEvent[]> {
    const { caller, deps, held, log, report, begin } = this.#context;
    const assembler = this.#assembler;
    using _driven = log && deps.runs.hold(this.#plan.id);
    let last: ResponseEvent[] | undefined;
    try {
      if (held.place) await untilReady(held.place, caller.signal);
      yield await this.#record(assembler.start());
      const begun = await begin();
      if (begun.compaction) yield await this.#record(assembler.addCompaction(this.#seal(begun.compaction)));
      for await (const batch of begun.batches ?? []) {
        const events = assembler.take(batch);
        if (events.length === 0) continue;
        report.noteOutput();
        yield await this.#record(events);
      }
      last = await this.#finish(begun);
    } catch (error) {
      this.failure = ApiError.from(caller.signal.aborted ? caller.signal.reason : error);
      held.stop(this.failure);
      this.#isLeft = this.#mayBeLeft(this.failure);
      const isEnded = !this.#isLeft && this.failure.code !== 'request_cancelled';
      if (isEnded) last = [...this.#untold, ...assembler.fail(this.failure)];
    } finally {
      // The reader went away before the end: what it has seen of the response can still be asked for.
      if (!last && !this.#isLeft) {
        await this.#keep([...this.#untold, ...assembler.cancel()]).catch((reason: unknown) => this.#abandon(reason));
      }
      if (this.#isLeft) await this.#leave();
      if (!last) {
        report.end({ outcome: 'cancelled', error: this.failure });
        await held[Symbol.asyncDispose]();
      }
    }
    if (!last) return;
    // Before the terminal event: the next turn of the conversation may come at once.
    yield await this.#commit(last).finally(() => held[Symbol.asyncDispose]());
  }

  #mayBeLeft({ code }: ApiError): boolean {
    const isSilent = this.#assembler.output.length === 0;
    return code === 'server_shutting_down' && this.#context.attempt !== undefined && isSilent;
  }

  /** A server that stops in order has not failed to make it. */
  async #leave(): Promise<void> {
    const { deps, attempt = 1 } = this.#context;
    const { tenant, id } = this.#plan;
    const { store, runs } = deps;
    if (!runs.isOrderly) return;
    await runs.settle('give back an attempt', async () => {
      await store.runs.setAttempts({ tenant, id, owner: runs.server }, attempt - 1);
    });
  }

  async #record(events: readonly ResponseEvent[]): Promise<readonly ResponseEvent[]> {
    this.#untold = events;
    if (events.length > 0) await this.#context.log?.append(events);
    this.#untold = [];
    return events;
  }

  #seal(compaction: CompactedHistory): string {
    return sealCompaction(this.#context.deps.sealer, this.#plan.tenant, compaction);
  }

  async #finish(begun: BegunRun): Promise<ResponseEvent[]> {
    if (begun.batches) assertAnswered(this.#assembler);
    const { usage, isEstimate } = await settleUsage(this.#assembler, this.#plan.agentRequest, begun);
    this.usageIsEstimate = isEstimate;
    return this.#assembler.end(usage, Math.floor(Date.now() / 1000));
  }

  /**
   * Everything is stored before the terminal event can be read: the next turn never misses it. Rejects when its log can't
   * be ended: nobody is told what the log may never have. Its readers find its end there once somebody could write it.
   */
  async #commit(last: ResponseEvent[]): Promise<ResponseEvent[]> {
    const { log, report } = this.#context;
    const terminal = toTerminal(last);
    try {
      await this.#keep(last);
      if (this.failure) report.fail(this.failure);
      else report.end(toRunEnd(terminal.response));
      return last;
    } catch (error) {
      this.failure = report.fail(error);
      if (log) {
        this.#abandon(this.failure);
        throw this.failure;
      }
      const failed = { status: 'failed' as const, completed_at: null, incomplete_details: null };
      const response = { ...terminal.response, ...failed, error: toResponseError(this.failure) };
      return [...last.slice(0, -1), { type: 'response.failed', sequence_number: terminal.sequence_number, response }];
    }
  }

  async #keep(last: readonly ResponseEvent[]): Promise<void> {
    const { deps, log } = this.#context;
    // Nothing of it was read: it fails as one that did not begin.
    if (log && !log.isBegun) throw this.failure ?? new ApiError('request_cancelled', 'The run did not begin.');
    const { response } = toTerminal(last);
    return keepResponse(this.#plan, deps.store, { response, logged: log && { log, events: last } });
  }

  /** The log, if there is one, has no end: somebody has to write it when the store can be written again. */
  #abandon(reason: unknown): void {
    const { log, deps } = this.#context;
    const { tenant, id } = this.#plan;
    if (log) deps.runs.abandon({ tenant, id }, reason);
  }
}

function toRunEnd({ status, incomplete_details: details, usage }: ResponseResource): RunEnd {
  return {
    outcome: status === 'incomplete' ? 'incomplete' : 'completed',
    reason: details?.reason,
    inputTokens: usage?.input_tokens,
    outputTokens: usage?.output_tokens,
  };
}

function toTerminal(events: readonly ResponseEvent[]): ResponseEvent & { response: ResponseResource } {
  const last = events.at(-1);
  if (last && 'response' in last) return last;
  throw new Error('A run ends with an event that holds its response.');
}

function assertAnswered({ endReason, output }: ResponseAssembler): void {
  if (!endReason) throw new ApiError('upstream_error', "The agent's answer ended early.");
  const saidNothing = output.every((item) => item.type === 'compaction');
  if (saidNothing && (endReason === 'stop' || endReason === 'tool-calls')) {
    throw new ApiError('upstream_error', 'The agent ended without producing any output.');
  }
}
