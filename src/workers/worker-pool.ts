import cluster, { type Worker } from 'node:cluster';
import { limits } from '../config/limits.ts';
import type { Log } from '../log.ts';
import type { WorkerOrder, WorkerReport } from './messages.ts';
import { RestartPolicy } from './restart-policy.ts';

interface WorkerPoolOptions {
  /** Number of workers. */
  count: number;
  log: Pick<Log, 'info' | 'warn' | 'fatal'>;
}

interface Birth {
  /** By `performance.now()`. */
  at: number;
  isListening: boolean;
}

/** The primary process of a server with several workers: starts them, replaces those that die, and passes orders on. */
export class WorkerPool {
  readonly #options: WorkerPoolOptions;
  readonly #workers = new Map<Worker, Birth>();
  readonly #restarts = new RestartPolicy();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #listening = Promise.withResolvers<string>();
  readonly #ended = Promise.withResolvers<number>();
  /** Whether the first worker has started. */
  #hasStarted = false;
  /** Of the process; undefined until its end is decided. */
  #exitCode: number | undefined;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
  }

  /** Resolves with the URL when all workers listen for the first time. */
  get listening(): Promise<string> {
    return this.#listening.promise;
  }

  /**
   * Runs the workers until `stop`, and resolves with the exit code of the process. The first worker starts alone: it
   * upgrades the store, and reports an invalid setting once.
   */
  run(): Promise<number> {
    // Of the other policy the kernel prefers one worker; long streams would stay there.
    cluster.schedulingPolicy = cluster.SCHED_RR;
    cluster.on('message', (worker, report: WorkerReport) => this.#onListening(worker, report));
    cluster.on('exit', (worker, code, signal) => this.#onExit(worker, code ?? signal));
    this.#fork();
    return this.#ended.promise;
  }

  /** Stops all workers as the signal stops a single process: SIGTERM drains them first. */
  stop(signal: NodeJS.Signals): void {
    this.#exitCode ??= 0;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#send({ kind: 'stop', signal });
    this.#endIfEmpty();
  }

  /** Reloads keys and tenants in all workers. */
  reload(): void {
    this.#send({ kind: 'reload' });
  }

  #send(order: WorkerOrder): void {
    for (const worker of this.#workers.keys()) {
      // A worker that dies at this moment needs no order.
      if (worker.isConnected()) worker.send(order, () => undefined);
    }
  }

  #fork(): void {
    const worker = cluster.fork();
    this.#workers.set(worker, { at: performance.now(), isListening: false });
  }

  #onListening(worker: Worker, { kind, url }: WorkerReport): void {
    // Workers send other messages too, such as their metrics.
    if (kind !== 'listening') return;
    const birth = this.#workers.get(worker);
    if (birth !== undefined) birth.isListening = true;
    if (!this.#hasStarted) {
      this.#hasStarted = true;
      for (let index = 1; index < this.#options.count; index++) this.#fork();
    }
    const births = [...this.#workers.values()];
    if (births.length === this.#options.count && births.every(({ isListening }) => isListening)) {
      this.#listening.resolve(url);
    }
  }

  #onExit(worker: Worker, exit: number | string): void {
    const { at = 0 } = this.#workers.get(worker) ?? {};
    this.#workers.delete(worker);
    if (this.#exitCode !== undefined) return this.#endIfEmpty();
    // The first worker could not start, and has printed why.
    if (!this.#hasStarted) return this.#ended.resolve(typeof exit === 'number' && exit > 0 ? exit : 1);
    this.#options.log.warn({ worker: worker.process.pid, exit }, 'worker ended');
    this.#replace(performance.now() - at);
  }

  #replace(livedMs: number): void {
    const births = this.#workers.values().filter(({ isListening }) => isListening);
    const oldest = Math.min(performance.now(), ...births.map(({ at }) => at));
    const pauseMs = this.#restarts.next(livedMs, performance.now() - oldest);
    if (pauseMs === undefined) return this.#giveUp();
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#fork();
    }, pauseMs);
    this.#timers.add(timer);
  }

  #giveUp(): void {
    this.#options.log.fatal({ deaths: limits.workerDeaths }, 'workers keep ending, exiting');
    this.#exitCode = 1;
    this.stop('SIGTERM');
  }

  #endIfEmpty(): void {
    if (this.#workers.size === 0) this.#ended.resolve(this.#exitCode ?? 0);
  }
}
