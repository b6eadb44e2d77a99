import { limits } from '../config/limits.ts';
import { ApiError } from '../errors/api-error.ts';
import { createServerId } from '../ids.ts';
import type { Log } from '../log.ts';
import type { OwnedRun, RunId } from '../store/run-store.ts';
import type { Store } from '../store/store.ts';
import { BackgroundTasks, type Task } from './background-tasks.ts';
import { DetachedRun } from './detached-run.ts';
import { Locks } from './locks.ts';
import { OrphanedRuns, type Recover } from './orphaned-runs.ts';
import type { RunSlots } from './run-slots.ts';

export interface RunsOptions {
  store: Pick<Store, 'runs' | 'leases' | 'idempotency'>;
  /** The id of this server. Default: a new one. */
  server?: string;
  slots: RunSlots;
  /** Lease time: after this long without a renewal, other servers treat this one as dead and recover its runs. */
  leaseMs: number;
  /** Maximum duration of one run, from its slot to its end. */
  timeoutMs?: number;
  log: Pick<Log, 'warn' | 'error'>;
}

/** Two renewals in a row may fail. */
const renewalsPerLease = 3;

/**
 * The runs of this server beyond single requests. Renews the server's lease, drives detached runs, stops cancelled
 * ones, and recovers the runs of dead servers.
 */
export class Runs implements AsyncDisposable {
  /** The owner of this server's runs in the store. */
  readonly server: string;
  readonly slots: RunSlots;
  readonly leaseMs: number;
  /** Maximum duration of one run, from its slot to its end. */
  readonly timeoutMs: number;
  readonly #store: RunsOptions['store'];
  readonly #detached = new Map<RunId, DetachedRun>();
  readonly #orphans: OrphanedRuns;
  readonly #tasks: BackgroundTasks;
  readonly #locks: Locks;
  #beat: NodeJS.Timeout | undefined;
  #renewing: Promise<void> = Promise.resolve();
  /** Time of the last successful renewal, by `performance.now()`. */
  #renewedAt = performance.now();
  /** The maintenance that goes with a beat. A beat is skipped while the previous one's is still running. */
  #maintaining: Promise<void> | undefined;
  #look: NodeJS.Timeout | undefined;
  #stopping: ApiError | undefined;
  #isOrderly = true;

  constructor({ store, server = createServerId(), slots, leaseMs, timeoutMs = limits.runTimeoutMs, log }: RunsOptions) {
    this.#store = store;
    this.server = server;
    this.slots = slots;
    this.leaseMs = leaseMs;
    this.timeoutMs = timeoutMs;
    this.#orphans = new OrphanedRuns({ store, server: this.server, log });
    this.#tasks = new BackgroundTasks(log);
    this.#locks = new Locks(store.leases, this.server, this.#tasks);
  }

  /**
   * Whether runs that stop now continue elsewhere, as after a restart. `false`: this process fails, maybe due to a run.
   */
  get isOrderly(): boolean {
    return this.#isOrderly;
  }

  /** Milliseconds since the last renewal of the lease. */
  get leaseAgeMs(): number {
    return performance.now() - this.#renewedAt;
  }

  /** Number of detached runs that this server drives. */
  get detached(): number {
    return this.#detached.size;
  }

  /** Renews the lease from now on, and recovers orphaned runs at each renewal. */
  async start(recover: Recover): Promise<void> {
    this.#orphans.start(recover);
    await this.#store.leases.renew(this.server, this.leaseMs);
    this.#renewedAt = performance.now();
    this.#beat = setInterval(() => {
      // A renewal must not wait for slow maintenance, such as the recovery of a run.
      this.#renewing = this.#renewing.then(() => this.#renew());
      this.#maintain(() => this.#runMaintenance());
    }, this.leaseMs / renewalsPerLease);
    // The listener keeps the process alive, or is meant not to.
    this.#beat.unref();
  }

  /**
   * Recovers orphaned runs now. Call it once the server listens: a run that kills the process lets the server start
   * first.
   */
  recoverOrphans(): void {
    this.#maintain(() => this.#takeOrphans());
  }

  /** Marks a run as started or driven here until the result is disposed: it is not orphaned. */
  hold(id: RunId): Disposable {
    return this.#orphans.hold(id);
  }

  /**
   * Registers a detached run, which continues without a reader until it ends, `stop` is called, or a client cancels it.
   * Disposes `holding` at its end.
   */
  detach(id: RunId, holding?: Disposable): DetachedRun {
    const watch = this.#store.runs.watch(id, () => this.#lookSoon());
    const held = this.hold(id);
    const run = new DetachedRun(() => {
      watch[Symbol.dispose]();
      held[Symbol.dispose]();
      holding?.[Symbol.dispose]();
      this.#detached.delete(id);
    });
    this.#detached.set(id, run);
    if (this.#stopping) run.stop(this.#stopping);
    return run;
  }

  /** Stops a detached run of this server. Does nothing for any other run. */
  interrupt(id: RunId, error: ApiError): void {
    this.#detached.get(id)?.stop(error);
  }

  /**
   * Takes a lock that is exclusive among all servers of the store; `undefined`: it is held. Disposing releases it,
   * once.
   */
  lock(name: string): Promise<AsyncDisposable | undefined> {
    return this.#locks.take(name);
  }

  /** Runs a task that must succeed: when it fails, it is retried at later beats. Never rejects. */
  settle(task: Task, action: () => Promise<void>): Promise<void> {
    return this.#tasks.settle(task, action);
  }

  /** Leaves a run of this server to recovery, because the store could not be reached to end it. */
  abandon(run: Omit<OwnedRun, 'owner'>, reason: unknown): void {
    this.#orphans.add({ ...run, request: undefined, attempts: 1 }, ApiError.from(reason));
  }

  /** Resolves when no detached run is left. */
  async drained(): Promise<void> {
    while (this.#detached.size > 0) {
      await Promise.all(this.#detached.values().map((run) => run.ended));
    }
  }

  /** Stops all detached runs, each with a terminal event. Those that begin later stop immediately. */
  stop(error: ApiError, { isOrderly = true } = {}): void {
    this.#stopping = error;
    this.#isOrderly = isOrderly;
    for (const run of this.#detached.values()) run.stop(error);
  }

  /** Releases the lease: other servers may take over all that this one still owns. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#beat);
    clearTimeout(this.#look);
    await Promise.all([this.#renewing, this.#maintaining, this.#orphans.settled()]);
    await this.#tasks.attempt('release-lease', () => this.#store.leases.release(this.server));
  }

  async #renew(): Promise<void> {
    const renewed = await this.#tasks.attempt('renew-lease', () => this.#store.leases.renew(this.server, this.leaseMs));
    if (renewed) this.#renewedAt = performance.now();
  }

  #maintain(action: () => Promise<void>): void {
    this.#maintaining ??= action().finally(() => {
      this.#maintaining = undefined;
    });
  }

  async #runMaintenance(): Promise<void> {
    await this.#tasks.retry();
    await this.#stopCancelled();
    await this.#takeInputs();
    await this.#tasks.attempt('release-stray-keys', () => this.#orphans.releaseKeys());
    await this.#tasks.attempt('release-stray-locks', () => this.#locks.releaseStray());
    await this.#takeOrphans();
  }

  async #takeOrphans(): Promise<void> {
    await this.#tasks.attempt('take-orphans', () => this.#orphans.take());
  }

  /** Looks for cancelled runs soon. Every event of a run notifies too: many notifications share one look. */
  #lookSoon(): void {
    this.#look ??= setTimeout(() => {
      this.#look = undefined;
      void this.#stopCancelled();
      void this.#takeInputs();
    }, limits.cancelLookMs);
  }

  /** Passes input of operators to its runs. A run that takes none has ended, or ends without it. */
  async #takeInputs(): Promise<void> {
    if (!this.#detached.values().some(({ inbox }) => inbox)) return;
    await this.#tasks.attempt('take-inputs', async () => {
      for (const { runId, id, input } of await this.#store.runs.takeInputs(this.server)) {
        this.#detached.get(runId)?.inbox?.add({ id, input });
      }
    });
  }

  async #stopCancelled(): Promise<void> {
    await this.#tasks.attempt('find-cancelled', async () => {
      for (const { id } of await this.#store.runs.cancelled(this.server)) {
        this.interrupt(id, new ApiError('request_cancelled', 'The response was cancelled.'));
      }
    });
  }
}
