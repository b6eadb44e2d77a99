import type { ApiError } from '../errors/api-error.ts';
import { type EventBatch, toEventBatch } from '../flow/event-batch.ts';
import type { Flow } from '../flow/flow.ts';
import { forEach } from '../flow/for-each.ts';
import { Handover } from '../flow/handover.ts';
import { toFlow } from '../flow/to-flow.ts';
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

/** A run driven by the reader of its events: a slow reader slows the agent down, a reader that leaves stops it. */
export abstract class LiveRun<Batch, Event extends object> {
  /** Why the run failed. Set before its last event. */
  failure: ApiError | undefined;
  /** Whether the token counts are estimates. Set before the last event. */
  usageIsEstimate = false;
  protected readonly context: LiveRunContext;
  /** Events that the log may lack after a failed write: they go before its last ones, so that none is skipped. */
  protected unwritten: readonly Event[] = none;
  readonly #out = new Handover<EventBatch<Event>>(() => this.#drive());

  constructor(context: LiveRunContext) {
    this.context = context;
  }

  get events(): Flow<EventBatch<Event>> {
    return this.#out;
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

  /** Returns the JSON text of an event. */
  protected abstract encode(event: Event): string;

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
  protected abstract commit(last: EventBatch<Event>): Promise<EventBatch<Event>>;

  /** Returns events as their reader and the log receive them. */
  protected toBatch(events: readonly Event[]): EventBatch<Event> {
    return toEventBatch(events, (event) => this.encode(event));
  }

  /** Leaves the end of the log to the recovery of orphaned runs. */
  protected abandon(reason: unknown): void {
    const { log, runs, tenant, id } = this.context;
    if (log) runs.abandon({ tenant, id }, reason);
  }

  async #drive(): Promise<void> {
    const { id, runs, resources, signal, log } = this.context;
    using _hold = log && runs.hold(id);
    let last: readonly Event[] | undefined;
    try {
      last = await this.#answer();
    } catch (reason) {
      // A run whose reader has left is cut.
      if (this.#out.isLeft) throw reason;
      this.failure = toFailure(reason, signal);
      resources.stop(this.failure);
      last = await this.fail(this.failure);
    } finally {
      if (!last) await this.cut().finally(() => resources[Symbol.asyncDispose]());
    }
    if (!last) return;
    // Released before the last event: the next turn of the conversation may come immediately.
    const committed = await this.#commit(last);
    await this.#out.push(committed);
  }

  async #commit(last: readonly Event[]): Promise<EventBatch<Event>> {
    try {
      return await this.commit(this.toBatch(last));
    } finally {
      await this.context.resources[Symbol.asyncDispose]();
    }
  }

  /** Passes the agent's answer on. Returns the last events. */
  async #answer(): Promise<readonly Event[]> {
    const { resources, report, signal } = this.context;
    await resources.untilReady(signal);
    report.begin();
    await this.#send(this.open());
    const { events: prior, batches } = await this.begin();
    await this.#send(prior);
    await forEach(toFlow(batches), (batch) => this.#pass(batch));
    this.#out.throwIfLeft();
    return this.finish();
  }

  /** Commits the steps of a batch with its events, before the agent's next batch is read: then they may begin. */
  #pass(batch: Batch): Promise<void> | undefined {
    const { report, log } = this.context;
    const events = this.take(batch);
    const steps = log ? this.stepsOf(batch) : none;
    if (events.length > 0) report.noteOutput();
    // Steps alone show a reader that the run has begun.
    return this.#send(events, steps);
  }

  /** Returns a promise unless the reader waits for the next events already. */
  #send(events: readonly Event[], steps: readonly object[] = none): Promise<void> | undefined {
    if (events.length === 0 && steps.length === 0) return undefined;
    const batch = this.toBatch(events);
    const { log } = this.context;
    if (!log) return this.#out.push(batch);
    this.unwritten = events;
    return log.append(batch.texts, steps).then(() => {
      this.unwritten = none;
      return this.#out.push(batch);
    });
  }
}
