import { limits } from '../config/limits.ts';
import { ApiError } from '../errors/api-error.ts';
import type { Log } from '../log.ts';
import type { OrphanedRun, RunId } from '../store/run-store.ts';
import type { Store } from '../store/store.ts';

/** Ends or restarts an orphaned run. With `error` it ends the run for that reason. Without one, the run's server died. */
export type Recover = (run: OrphanedRun, error?: ApiError) => Promise<void>;

export interface OrphanedRunsOptions {
  store: Pick<Store, 'runs' | 'idempotency'>;
  /** The owner of this server's runs in the store. */
  server: string;
  log: Pick<Log, 'error'>;
}

interface Orphan {
  run: OrphanedRun;
  error?: ApiError;
  /** Time of discovery, by `performance.now()`. */
  foundAt: number;
  /** Whether it is being recovered. */
  isBusy: boolean;
}

/**
 * Recovers orphaned runs: runs of dead servers, runs that this server could not end, and stray runs, which it owns after a
 * call whose reply was lost. Releases stray idempotency keys too.
 */
export class OrphanedRuns {
  readonly #options: OrphanedRunsOptions;
  readonly #orphans = new Map<RunId, Orphan>();
  /** Runs that this server starts or drives, with the number of their holders. */
  readonly #driven = new Map<RunId, number>();
  readonly #recovering = new Set<Promise<void>>();
  #recover: Recover | undefined;

  constructor(options: OrphanedRunsOptions) {
    this.#options = options;
  }

  /** Resolves when no recovery is running. */
  async settled(): Promise<void> {
    await Promise.all(this.#recovering);
  }

  /** Sets the function that recovers a run. */
  start(recover: Recover): void {
    this.#recover = recover;
  }

  /** Marks a run as started or driven here until the result is disposed: it is not orphaned. */
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

  add(run: OrphanedRun, error?: ApiError): void {
    this.#orphans.set(run.id, { run, foundAt: performance.now(), isBusy: false, ...(error ? { error } : {}) });
  }

  /** Takes over orphaned runs and starts their recovery without waiting for it. Rejects when the store cannot be reached. */
  async take(): Promise<void> {
    const { store, server } = this.#options;
    try {
      const known = [...this.#driven.keys(), ...this.#orphans.keys()];
      for (const run of await store.runs.takeOrphans(server, limits.lostRuns, known)) {
        // Checked after the store call: the run may have begun here meanwhile.
        if (!this.#driven.has(run.id)) this.add(run);
      }
    } finally {
      for (const orphan of this.#orphans.values()) if (!orphan.isBusy) this.#beginRecovery(orphan);
    }
  }

  /** Releases keys that were reserved after their release, because a reply was lost: no run begins for them. */
  async releaseKeys(): Promise<void> {
    const { store, server } = this.#options;
    for (const { tenant, id } of await store.idempotency.unbegun(server)) {
      // Checked after the store call: a run that is not held now has begun, or never will.
      if (!this.#driven.has(id)) await store.idempotency.freeUnbegun(tenant, id);
    }
  }

  #beginRecovery(orphan: Orphan): void {
    const recovering = this.#recoverOne(orphan).finally(() => this.#recovering.delete(recovering));
    this.#recovering.add(recovering);
  }

  /** Recovers one run on its own, so that a slow recovery blocks neither the others nor the next beat. */
  async #recoverOne(orphan: Orphan): Promise<void> {
    const { run, error } = orphan;
    orphan.isBusy = true;
    try {
      await this.#recover?.(run, error);
      this.#orphans.delete(run.id);
    } catch (reason) {
      this.#options.log.error({ err: reason, run: run.id }, 'failed to recover run');
      // Readers are waiting: a run that cannot be restarted in time ends.
      const isLate = performance.now() - orphan.foundAt > limits.recoveryMs;
      const refusal = ApiError.from(reason);
      if (isLate && refusal.code !== 'store_unavailable') orphan.error ??= refusal;
    } finally {
      orphan.isBusy = false;
    }
  }
}
