import type { ApiError } from '../errors/api-error.ts';
import type { RunId } from '../store/run-store.ts';
import type { EventLog } from './event-log.ts';
import type { RunReport, SessionHeader } from './run-report.ts';
import type { RunResources } from './run-resources.ts';
import type { Runs } from './runs.ts';
import { toFailure } from './to-failure.ts';

export interface LiveRunContext {
  id: RunId;
  tenant: string;
  runs: Runs;
  /** Released when the run is over. */
  resources: RunResources;
  report: RunReport;
  /** Aborts when the run must stop. Its reason is then the failure. */
  signal: AbortSignal;
  /** `undefined`: a single reader gets the events. */
  log: EventLog | undefined;
}

/** An accepted run. */
export interface Begun<Batch, Event> {
  /** Events that come before the agent's. */
  events: readonly Event[];
  batches: AsyncIterable<Batch> | readonly Batch[];
}

const none: readonly never[] = [];

/**
 * A run driven by the reader of its events: a slow reader slows the agent down, a reader that leaves stops it.
 *
 * A class, so that its generator function exists once. V8 keeps a feedback shape of each called generator function in
 * old memory, and the function with it: a closure per run would keep the whole run until the next full collection.
 */
export abstract class LiveRun<Batch, Event extends object> {
  readonly events: AsyncIterable<readonly Event[]>;
  /** Why the run failed. Set before its last event. */
  failure: ApiError | undefined;
  /** Whether the token counts are estimates. Set before the last event. */
  usageIsEstimate = false;
  protected readonly context: LiveRunContext;
  /** Events that the log may lack after a failed write: they go before its last ones, so that none is skipped. */
  protected unwritten: readonly Event[] = [];

  constructor(context: LiveRunContext) {
    this.context = context;
    this.events = this.#follow();
  }

  /** The session header of the agent's answer, once the agent has answered. */
  get session(): SessionHeader | undefined {
    return this.context.report.session;
  }

  /** The first events, before the agent is called. */
  protected abstract open(): readonly Event[];

  /** Calls the agent. Called once. */
  protected abstract begin(): Promise<Begun<Batch, Event>>;

  /** Maps a batch of the agent's to events. */
  protected abstract take(batch: Batch): readonly Event[];

  /** Returns the steps of a batch that the log keeps as the run's journal. */
  protected stepsOf(_batch: Batch): readonly object[] {
    return none;
  }

  /** Returns the last events of an answer that is whole. Rejects when it is not. */
  protected abstract finish(): Promise<readonly Event[]>;

  /** Returns the last events of a failed run; `undefined`: it ends with `cut`. */
  protected abstract fail(failure: ApiError): Promise<readonly Event[] | undefined> | undefined;

  /** Ends a run without last events for its reader: the reader left, or `fail` returned none. */
  protected abstract cut(): Promise<void>;

  /** Stores the end of the run and reports it, before its last events can be read. Returns those events. */
  protected abstract commit(last: readonly Event[]): Promise<readonly Event[]>;

  /** Leaves the end of the log to the recovery of orphaned runs. */
  protected abandon(reason: unknown): void {
    const { log, runs, tenant, id } = this.context;
    if (log) runs.abandon({ tenant, id }, reason);
  }

  async *#follow(): AsyncGenerator<readonly Event[]> {
    const { id, runs, resources, report, signal, log } = this.context;
    using _hold = log && runs.hold(id);
    let last: readonly Event[] | undefined;
    try {
      await resources.untilReady(signal);
      report.begin();
      const first = this.open();
      if (first.length > 0) yield log ? await this.#record(log, first) : first;
      const { events: prior, batches } = await this.begin();
      if (prior.length > 0) yield log ? await this.#record(log, prior) : prior;
      for await (const batch of batches) {
        const events = this.take(batch);
        const steps = log ? this.stepsOf(batch) : none;
        if (events.length > 0) {
          report.noteOutput();
          yield log ? await this.#record(log, events, steps) : events;
        } else if (steps.length > 0) {
          await log?.append(none, steps);
          // Shows that the run has begun.
          yield none;
        }
      }
      last = await this.finish();
    } catch (reason) {
      this.failure = toFailure(reason, signal);
      resources.stop(this.failure);
      last = await this.fail(this.failure);
    } finally {
      if (!last) await this.cut().finally(() => resources[Symbol.asyncDispose]());
    }
    // Released before the last event: the next turn of the conversation may come immediately.
    if (last) yield await this.commit(last).finally(() => resources[Symbol.asyncDispose]());
  }

  /** Commits the steps of a batch with its events, before the agent's next batch is read: then they may begin. */
  async #record(log: EventLog, events: readonly Event[], steps: readonly object[] = none): Promise<readonly Event[]> {
    this.unwritten = events;
    await log.append(events, steps);
    this.unwritten = [];
    return events;
  }
}
