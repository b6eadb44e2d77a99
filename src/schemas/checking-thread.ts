import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { limits } from '../config/limits.ts';
import type { AnswerCheckOptions, CheckReply, CheckRequest } from './answer-checks.ts';
import type { WorkerReply } from './schema-worker.ts';
import { TooExpensive } from './scope.ts';

export interface ThreadLimits {
  /** Time-out of one check. */
  checkMs: number;
  checkMegabytes: number;
}

/** The limit that a check exceeded. */
export type ExceededLimit = 'time' | 'memory';

/** Thrown when a check exceeded the thread's time or memory, which ends the thread. */
export class ThreadLost extends TooExpensive {
  readonly limit: ExceededLimit;

  constructor(limit: ExceededLimit) {
    super();
    this.limit = limit;
  }
}

const megabyte = 1024 * 1024;

/** A thread that checks answers, one at a time. It keeps the process alive only during a check. */
export class CheckingThread implements AsyncDisposable {
  readonly #worker: Worker;
  readonly #checkMs: number;
  #pending: PromiseWithResolvers<CheckReply> | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #ready = Promise.withResolvers<void>();
  #isLost = false;

  constructor({ checkMs, checkMegabytes }: ThreadLimits) {
    this.#checkMs = checkMs;
    const workerData: AnswerCheckOptions = {
      // The time-out bounds the steps.
      budget: { steps: Number.POSITIVE_INFINITY, levels: limits.schemaCheckLevels },
      schemas: limits.compiledSchemas,
      parsedBytes: (checkMegabytes * megabyte) / 2,
    };
    // The worker is TypeScript in the repository and JavaScript in the package.
    this.#worker = new Worker(new URL(`./schema-worker${extname(import.meta.filename)}`, import.meta.url), {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: checkMegabytes, maxYoungGenerationSizeMb: 8 },
      // The environment of the process contains secrets.
      env: {},
    });
    this.#worker.unref();
    this.#worker.on('message', (message: WorkerReply) => this.#take(message));
    this.#worker.on('error', (error: NodeJS.ErrnoException) => {
      this.#lose(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new ThreadLost('memory') : error);
    });
    this.#worker.on('exit', () => this.#lose(new ThreadLost('memory')));
    // Prevents an unhandled rejection while no check waits for it.
    this.#ready.promise.catch(() => {});
  }

  get isBusy(): boolean {
    return this.#pending !== undefined;
  }

  get isLost(): boolean {
    return this.#isLost;
  }

  /** Rejects with a TooExpensive when the check exceeds a limit, as a ThreadLost when the thread ended with it. */
  check(request: CheckRequest): Promise<CheckReply> {
    const pending = Promise.withResolvers<CheckReply>();
    this.#pending = pending;
    this.#worker.ref();
    this.#ready.promise.then(() => {
      this.#timer = setTimeout(() => this.#lose(new ThreadLost('time')), this.#checkMs);
      this.#worker.postMessage(request);
    }, pending.reject);
    return pending.promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#lose(new ThreadLost('time'));
    await this.#worker.terminate();
  }

  #take(message: WorkerReply): void {
    if (message === 'ready') return this.#ready.resolve();
    const pending = this.#settle();
    if (message === 'too-expensive') pending?.reject(new TooExpensive());
    else pending?.resolve(message);
  }

  #lose(reason: Error): void {
    this.#isLost = true;
    this.#ready.reject(reason);
    this.#settle()?.reject(reason);
    void this.#worker.terminate();
  }

  #settle(): PromiseWithResolvers<CheckReply> | undefined {
    const pending = this.#pending;
    this.#pending = undefined;
    clearTimeout(this.#timer);
    this.#worker.unref();
    return pending;
  }
}
