import { limits } from '../config/limits.ts';
import { ApiError } from '../errors/api-error.ts';
import type { Log } from '../log.ts';
import type { LostRun, RunId } from '../store/run-store.ts';
import type { Store } from '../store/store.ts';

/** Ends an orphaned run, or restarts it. With `error` it ends the run, with that reason; without, its server is gone. */
export type Recover = (run: LostRun, error?: ApiError) => Promise<void>;

export interface OrphanedRunsOptions {
  store: Pick<Store, 'runs' | 'idempotency'>;
  /** The name under which this server owns runs. */
  server: string;
  log: Pick<Log, 'error'>;
}

interface Orphan {
  run: LostRun;
  error?: ApiError;
  /** When it was found, by `performance.now()`. */
  foundAt: number;
  /** Whether it is being recovered. */
  isBusy: boolean;
}

/**
 * Recovers runs that nothing drives: those of dead servers, those that this server could not end, and those that it owns
 * without knowing it, from a call whose answer was lost. Frees keys that it holds without knowing it, too.
 */
export class OrphanedRuns {
  readonly #options: OrphanedRunsOptions;
  readonly #orphans = new Map<RunId, Orphan>();
  /** Runs that something here starts or drives, each with how often `hold` was called. */
  readonly #driven = new Map<RunId, number>();
  readonly #recovering = new Set<Promise<void>>();
  #recover: Recover | undefined;

  constructor(options: OrphanedRunsOptions) {
    this.#options = options;
  }

  /** Resolves when no recovery is under way. */
  async settled(): Promise<void> {
    await Promise.all(this.#recovering);
  }

  /** Recovers runs with this function from now on. */
  start(recover: Recover): void {
    this.#recover = recover;
  }

  /** Until it is disposed, something here starts or drives the run: it is no orphan. */
  hold(id: RunId): Disposable {
    this.#driven.set(id, (this.#driven.get(id) ?? 0) + 1);
    let isHeld = true;
    return {
      [Symbol.dispose]: () => {
        if (!isHeld) return;
        isHeld = false;
        const count = (this.#driven.get(id) ?? 0) - 1;
        if (count > 0) this.#driven.set(id, count);
        else this.#driven.delete(id);
      },
    };
  }

  add(run: LostRun, error?: ApiError): void {
    this.#orphans.set(run.id, { run, foundAt: performance.now(), isBusy: false, ...(error ? { error } : {}) });
  }

  /** Takes over orphaned runs and begins to recover them. Does not wait for that. Rejects when the store can't be asked. */
  async take(): Promise<void> {
    const { store, server } = this.#options;
    try {
      const known = [...this.#driven.keys(), ...this.#orphans.keys()];
      for (const run of await store.runs.takeLost(server, limits.lostRuns, known)) {
        // Looked at after the store: it may have begun here in between.
        if (!this.#driven.has(run.id)) this.add(run);
      }
    } finally {
      for (const orphan of this.#orphans.values()) if (!orphan.isBusy) this.#beginRecovery(orphan);
    }
  }

  /** A reservation whose answer was lost may be made after its key was freed: then no run begins for it. */
  async freeKeys(): Promise<void> {
    const { store, server } = this.#options;
    for (const { tenant, id } of await store.idempotency.unbegun(server)) {
      // Looked at after the store: the run of a key that is not held by now has begun or never will.
      if (!this.#driven.has(id)) await store.idempotency.freeUnbegun(tenant, id);
    }
  }

  #beginRecovery(orphan: Orphan): void {
    const recovering = this.#recoverOne(orphan).finally(() => this.#recovering.delete(recovering));
    this.#recovering.add(recovering);
  }

  /** Each on its own: one that takes long blocks neither the others nor the next look. */
  async #recoverOne(orphan: Orphan): Promise<void> {
    const { run, error } = orphan;
    orphan.isBusy = true;
    try {
      await this.#recover?.(run, error);
      this.#orphans.delete(run.id);
    } catch (reason) {
      this.#options.log.error({ err: reason, run: run.id }, 'failed to recover a run');
      // Its readers wait: a run that can't be restarted in time ends.
      const isLate = performance.now() - orphan.foundAt > limits.recoveryMs;
      const refusal = ApiError.from(reason);
      if (isLate && refusal.code !== 'store_unavailable') orphan.error ??= refusal;
    } finally {
      orphan.isBusy = false;
    }
  }
}
