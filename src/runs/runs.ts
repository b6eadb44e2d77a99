import { limits } from '../config/limits.ts';
import { ApiError } from '../errors/api-error.ts';
import { createServerId } from '../ids.ts';
import type { Log } from '../log.ts';
import type { OwnedRun, RunId } from '../store/run-store.ts';
import type { Store } from '../store/store.ts';
import { DetachedRun } from './detached-run.ts';
import { OrphanedRuns, type Recover } from './orphaned-runs.ts';
import type { RunSlots } from './run-slots.ts';

export interface RunsOptions {
  store: Pick<Store, 'runs' | 'leases' | 'idempotency'>;
  slots: RunSlots;
  /** How long this server is taken to live after its last sign of life. */
  leaseMs: number;
  /** One run, from its slot to its end. */
  timeoutMs?: number;
  log: Pick<Log, 'warn' | 'error'>;
}

/** What must be done, and could not be yet. */
interface Unsettled {
  what: string;
  action: () => Promise<void>;
}

/** Signs of life in one lease: two may be lost. */
const signsPerLease = 3;

/**
 * What this server has to do with runs beyond single requests: it says that it lives, drives the runs that no reader
 * drives, hears who asks to stop them, and takes over those of servers that have died.
 */
export class Runs implements AsyncDisposable {
  /** The name under which this server owns runs. */
  readonly server = createServerId();
  readonly slots: RunSlots;
  readonly leaseMs: number;
  /** One run, from its slot to its end. */
  readonly timeoutMs: number;
  readonly #store: RunsOptions['store'];
  readonly #log: RunsOptions['log'];
  readonly #detached = new Map<RunId, DetachedRun>();
  readonly #orphans: OrphanedRuns;
  /** Names of locks that are held here, or may be. */
  readonly #held = new Set<string>();
  #unsettled: Unsettled[] = [];
  #beat: NodeJS.Timeout | undefined;
  #living: Promise<void> = Promise.resolve();
  /** Whatever else is done at a beat. May take longer than one; the next is left out then. */
  #beating: Promise<void> | undefined;
  #look: NodeJS.Timeout | undefined;
  #stopping: ApiError | undefined;
  #isOrderly = true;

  constructor({ store, slots, leaseMs, timeoutMs = limits.runTimeoutMs, log }: RunsOptions) {
    this.#store = store;
    this.slots = slots;
    this.leaseMs = leaseMs;
    this.timeoutMs = timeoutMs;
    this.#log = log;
    this.#orphans = new OrphanedRuns({ store, server: this.server, log });
  }

  /** Whether what stops now goes on elsewhere, as after a restart. `false`: this process fails, and a run may be why. */
  get isOrderly(): boolean {
    return this.#isOrderly;
  }

  /** Renews the lease from now on, and at each renewal recovers orphaned runs. */
  async start(recover: Recover): Promise<void> {
    this.#orphans.start(recover);
    await this.#store.leases.renew(this.server, this.leaseMs);
    this.#beat = setInterval(() => {
      // Nothing that takes long, such as to recover a run, may hold up a sign of life.
      this.#living = this.#living.then(() => this.#renew());
      this.#beatWith(() => this.#lookAround());
    }, this.leaseMs / signsPerLease);
  }

  /** Recovers orphaned runs now. To be called once the server listens: a run that ends the process lets it start at least. */
  recoverOrphans(): void {
    this.#beatWith(() => this.#takeOrphans());
  }

  /** Until it is disposed, this server starts or drives the run: it is not orphaned. */
  hold(id: RunId): Disposable {
    return this.#orphans.hold(id);
  }

  /**
   * Starts a detached run. It goes on without a reader until it ends, `stop` is called, or a client cancels it.
   * `holding` is disposed at its end.
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

  /** Stops a run, if it is one of those of this server that go on without a reader. */
  interrupt(id: RunId, error: ApiError): void {
    this.#detached.get(id)?.stop(error);
  }

  /** Takes a lock that all servers of the store respect; `undefined`: somebody has it. Disposing it gives it back, once. */
  async lock(name: string): Promise<AsyncDisposable | undefined> {
    // Also while the lease has run out, because something held up the signs of life: the store would give it twice then.
    if (this.#held.has(name)) return undefined;
    this.#held.add(name);
    const isLocked = await this.#store.leases.lock(this.server, name).catch(async (error: unknown) => {
      // It is locked all the same when it is the answer that was lost.
      await this.#unlock(name);
      throw error;
    });
    if (isLocked) return this.#toLock(name);
    this.#held.delete(name);
    return undefined;
  }

  /** Does what must be done: now, or when that fails, at a later beat. Never rejects. */
  async settle(what: string, action: () => Promise<void>): Promise<void> {
    if (!(await this.#attempt(what, action))) this.#unsettled.push({ what, action });
  }

  /** A run of this server that could not be ended, because the store was out of reach: it is tried again later. */
  abandon(run: Omit<OwnedRun, 'owner'>, reason: unknown): void {
    this.#orphans.add({ ...run, request: undefined, attempts: 1 }, ApiError.from(reason));
  }

  /** Resolves when no run goes on without a reader. */
  async drained(): Promise<void> {
    while (this.#detached.size > 0) {
      await Promise.all(this.#detached.values().map((run) => run.ended));
    }
  }

  /** Ends the runs that go on without a reader, each with its last event; those that begin later end at once. */
  stop(error: ApiError, { isOrderly = true } = {}): void {
    this.#stopping = error;
    this.#isOrderly = isOrderly;
    for (const run of this.#detached.values()) run.stop(error);
  }

  /** This server is gone: what it still owns is free for others. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#beat);
    clearTimeout(this.#look);
    await Promise.all([this.#living, this.#beating, this.#orphans.settled()]);
    await this.#attempt('release its lease', () => this.#store.leases.release(this.server));
  }

  async #renew(): Promise<void> {
    await this.#attempt('renew its lease', () => this.#store.leases.renew(this.server, this.leaseMs));
  }

  #beatWith(action: () => Promise<void>): void {
    this.#beating ??= action().finally(() => {
      this.#beating = undefined;
    });
  }

  async #lookAround(): Promise<void> {
    const unsettled = this.#unsettled;
    this.#unsettled = [];
    await Promise.all(unsettled.map(({ what, action }) => this.settle(what, action)));
    await this.#lookForCancelled();
    await this.#attempt('free idempotency keys', () => this.#orphans.freeKeys());
    await this.#attempt('free locks', () => this.#freeLocks());
    await this.#takeOrphans();
  }

  /** A lock whose answer was lost may be taken after it was given back: nothing here holds it then. */
  async #freeLocks(): Promise<void> {
    for (const name of await this.#store.leases.locksOf(this.server)) {
      if (this.#held.has(name)) continue;
      this.#held.add(name);
      await this.#unlock(name);
    }
  }

  #toLock(name: string): AsyncDisposable {
    let isHeld = true;
    return {
      [Symbol.asyncDispose]: async () => {
        if (!isHeld) return;
        isHeld = false;
        await this.#unlock(name);
      },
    };
  }

  /** Held until it is certain to be given back: what is tried again must not take it from the next who gets it. */
  #unlock(name: string): Promise<void> {
    return this.settle('give back a lock', async () => {
      await this.#store.leases.unlock(this.server, name);
      this.#held.delete(name);
    });
  }

  async #takeOrphans(): Promise<void> {
    await this.#attempt('take over lost runs', () => this.#orphans.take());
  }

  /** Every event of a run is a change too: they share one look. */
  #lookSoon(): void {
    this.#look ??= setTimeout(() => {
      this.#look = undefined;
      void this.#lookForCancelled();
    }, limits.cancelLookMs);
  }

  async #lookForCancelled(): Promise<void> {
    await this.#attempt('look for cancelled runs', async () => {
      for (const { id } of await this.#store.runs.cancelled(this.server)) {
        this.interrupt(id, new ApiError('request_cancelled', 'The response was cancelled.'));
      }
    });
  }

  /** `false`: it failed. */
  async #attempt(what: string, action: () => Promise<void>): Promise<boolean> {
    try {
      await action();
      return true;
    } catch (error) {
      this.#log.error({ err: error }, `this server could not ${what}`);
      return false;
    }
  }
}
