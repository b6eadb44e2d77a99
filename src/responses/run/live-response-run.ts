import type { AgentEventBatch } from '../../agent/agent-client.ts';
import { ApiError } from '../../errors/api-error.ts';
import type { EventBatch } from '../../flow/event-batch.ts';
import { sealCompaction } from '../../items/open-sealed.ts';
import { type Begun, LiveRun, type LiveRunContext } from '../../runs/live-run.ts';
import type { RunEnd } from '../../runs/run-watch.ts';
import { EventEncoder } from '../events/event-encoder.ts';
import { ResponseAssembler } from '../events/response-assembler.ts';
import { toResponseFailure } from '../events/to-response-failure.ts';
import type { ResponsePlan } from '../plan/plan-response.ts';
import type { ResponseEvent, ResponseResource, ResponseRun, ResponsesDeps } from '../responses-deps.ts';
import type { BegunRun } from './begin-run.ts';
import type { PastEvents } from './past-run.ts';
import { RunProgress } from './run-progress.ts';
import type { RunSteering } from './run-steering.ts';
import { settleUsage } from './settle-usage.ts';
import { storeResponse } from './store-response.ts';

export interface StartedResponse {
  plan: ResponsePlan;
  deps: Pick<ResponsesDeps, 'store' | 'memory' | 'sealer' | 'announcer'>;
  /** Calls the agent. Called once, after the first events. */
  begin(): Promise<BegunRun>;
  /** What the log holds from before this execution. */
  past?: PastEvents;
  /** Number of this execution, if another server may resume the run. The run then has a journal. */
  attempt?: number | undefined;
  /** Omitted: the run cannot be steered. */
  steering?: RunSteering | undefined;
}

/** A response driven by its reader. It fails with a terminal event, not by throwing, unless its log cannot be ended. */
export class LiveResponseRun extends LiveRun<AgentEventBatch, ResponseEvent> implements ResponseRun {
  readonly #started: StartedResponse;
  readonly #assembler: ResponseAssembler;
  readonly #encoder = new EventEncoder();
  #begun: BegunRun = { compaction: undefined, batches: undefined };
  /** Whether the run is left to another server, which resumes it. */
  #isLeft = false;
  readonly #progress: RunProgress;

  constructor(context: LiveRunContext, started: StartedResponse) {
    super(context);
    const { plan, past } = started;
    this.#started = started;
    this.#assembler = new ResponseAssembler(plan.resource, { ...plan, ...past });
    this.#progress = new RunProgress(this.#assembler.kept);
  }

  protected override open(): readonly ResponseEvent[] {
    return this.#assembler.start();
  }

  protected override async begin(): Promise<Begun<AgentEventBatch, ResponseEvent>> {
    const { plan, deps, begin, steering } = this.#started;
    this.#begun = await begin();
    const { compaction, isCompactionSent, batches: answer = [] } = this.#begun;
    const batches = steering?.merge(answer) ?? answer;
    if (!compaction || isCompactionSent) return { events: [], batches };
    const sealed = sealCompaction(deps.sealer, plan.tenant, compaction);
    return { events: this.#assembler.addCompaction(sealed), batches };
  }

  protected override take(batch: AgentEventBatch): readonly ResponseEvent[] {
    return this.#assembler.take(batch);
  }

  protected override encode(event: ResponseEvent): string {
    return this.#encoder.encode(event);
  }

  protected override stepsOf(batch: AgentEventBatch): readonly object[] {
    const { attempt, steering } = this.#started;
    return attempt === undefined && !steering ? [] : this.#progress.toSteps(batch);
  }

  protected override async finish(): Promise<readonly ResponseEvent[]> {
    if (this.#begun.batches) assertAnswered(this.#assembler);
    const { usage, isEstimate } = await settleUsage(this.#assembler, this.#started.plan.agentRequest, this.#begun);
    this.usageIsEstimate = isEstimate;
    return this.#assembler.end(usage, Math.floor(Date.now() / 1000));
  }

  protected override async fail(failure: ApiError): Promise<readonly ResponseEvent[] | undefined> {
    if (this.#started.steering?.outlives(failure)) return this.#endEarly('steered');
    const isResumable = this.#started.attempt !== undefined && this.#progress.isResumable;
    this.#isLeft = failure.code === 'server_shutting_down' && isResumable;
    if (this.#isLeft || failure.code === 'request_cancelled') return undefined;
    if (failure.code === 'run_timeout' && this.#assembler.hasResults) return this.#endEarly('run_timeout');
    return [...this.unwritten, ...this.#assembler.fail(failure)];
  }

  /** Ends a run that was stopped as `incomplete`: the results of its tools are kept. */
  async #endEarly(reason: string): Promise<readonly ResponseEvent[]> {
    this.failure = undefined;
    const stopped = this.#assembler.take([{ type: 'run-end', reason: 'incomplete', detail: reason }]);
    return [...this.unwritten, ...stopped, ...(await this.finish())];
  }

  /** Stores the output that the reader has seen, so that it can still be retrieved. */
  protected override async cut(): Promise<void> {
    if (this.#isLeft) await this.#restoreAttempts();
    else {
      const last = [...this.unwritten, ...this.#assembler.cancel()];
      await this.#store(this.toBatch(last)).catch((reason: unknown) => this.abandon(reason));
    }
    this.context.report.end({ outcome: 'cancelled', error: this.failure });
  }

  /**
   * Stores everything before the terminal event can be read: the next turn never misses it. Rejects when the log cannot
   * be ended. Its readers then find the end in the log once recovery has written it.
   */
  protected override async commit(last: EventBatch<ResponseEvent>): Promise<EventBatch<ResponseEvent>> {
    const { log, report } = this.context;
    const { plan, steering } = this.#started;
    const terminal = toTerminal(last.events);
    try {
      await steering?.settle(terminal.response, plan.origin.sessionId);
      await this.#store(last);
      steering?.proceed();
      if (this.failure) report.fail(this.failure);
      else report.end(toRunEnd(terminal.response));
      return last;
    } catch (error) {
      steering?.giveUp();
      this.failure = report.fail(error);
      if (log) {
        this.abandon(this.failure);
        throw this.failure;
      }
      const failed = { status: 'failed' as const, completed_at: null, incomplete_details: null };
      const response = { ...terminal.response, ...failed, error: toResponseFailure(this.failure) };
      const { sequence_number } = terminal;
      return this.toBatch([...last.events.slice(0, -1), { type: 'response.failed', sequence_number, response }]);
    }
  }

  async #store(last: EventBatch<ResponseEvent>): Promise<void> {
    const { log } = this.context;
    const { plan, deps } = this.#started;
    // No reader has an event of it: it fails like a run that was never begun.
    if (log && !log.isBegun) throw this.failure ?? new ApiError('request_cancelled', 'The run did not begin.');
    const { response } = toTerminal(last.events);
    const { kept } = this.#assembler;
    await storeResponse(plan, deps, { response, logged: log && { log, texts: last.texts }, kept });
  }

  /** Does not count an execution that an orderly stop cut short: it has not failed. A step has reset the count. */
  async #restoreAttempts(): Promise<void> {
    const { id, tenant, runs } = this.context;
    const { deps } = this.#started;
    const { attempt = 1 } = this.#progress.hasSteps ? {} : this.#started;
    if (!runs.isOrderly) return;
    await runs.settle('restore-attempts', async () => {
      await deps.store.runs.setAttempts({ tenant, id, owner: runs.server }, attempt - 1);
    });
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
  throw new Error('The terminal event of a run holds its response.');
}

function assertAnswered({ outcome: { endReason }, output }: ResponseAssembler): void {
  if (!endReason) throw new ApiError('upstream_error', "The agent's answer ended early.");
  const isEmpty = output.every((item) => item.type === 'compaction');
  if (isEmpty && (endReason === 'stop' || endReason === 'tool-calls')) {
    throw new ApiError('upstream_error', 'The agent ended without producing any output.');
  }
}
