import { hash } from 'node:crypto';
import { limits } from '../config/limits.ts';
import { ApiError } from '../errors/api-error.ts';
import type { CheckReply, CheckRequest } from './answer-checks.ts';
import { TooExpensive } from './scope.ts';

/** Rank of a schema by the outcome of its last check. Lower ranks start first. */
const groups = { quick: 0, unknown: 1, tooExpensive: 2 };
type Group = keyof typeof groups;

interface Job {
  group: Group;
  /** Characters of its schema and answer. */
  size: number;
  start(): void;
  reject(reason: Error): void;
}

/**
 * Orders the checks. Schemas whose last check was quick come first, and one thread is reserved for them, so that
 * expensive schemas do not block them. New schemas follow, smallest first, then schemas that exceeded a limit. A check
 * that does not start in time fails.
 */
export class CheckQueue {
  readonly #jobs: Job[] = [];
  /** By hash of the schema. */
  readonly #groups = new Map<string, Group>();
  #running = 0;
  #othersRunning = 0;

  isQuick(schema: string): boolean {
    return this.#groups.get(toKey(schema)) === 'quick';
  }

  /** Runs `work` when the request reaches the front of the queue. Settles like `work`. */
  async run(request: CheckRequest, work: () => Promise<CheckReply>): Promise<CheckReply> {
    const { schema = '', answer = '' } = request;
    const key = toKey(schema);
    const group = this.#groups.get(key) ?? 'unknown';
    await this.#wait(group, schema.length + answer.length);
    const started = performance.now();
    try {
      const reply = await work();
      this.#record(key, performance.now() - started < limits.quickCheckMs ? 'quick' : 'unknown');
      return reply;
    } catch (error) {
      if (error instanceof TooExpensive) this.#record(key, 'tooExpensive');
      throw error;
    } finally {
      this.#count(group, -1);
      this.#startNext();
    }
  }

  rejectAll(reason: Error): void {
    for (const job of this.#jobs.splice(0)) job.reject(reason);
  }

  #wait(group: Group, size: number): Promise<void> {
    const { promise, resolve: start, reject } = Promise.withResolvers<void>();
    const busy = () =>
      new ApiError('rate_limit_exceeded', 'Too many answers are waiting to be checked. Please try again later.');
    if (this.#jobs.length >= limits.waitingChecks) throw busy();
    const job: Job = { group, size, start, reject };
    this.#jobs.push(job);
    const timer = setTimeout(() => {
      this.#jobs.splice(this.#jobs.indexOf(job), 1);
      reject(busy());
    }, limits.checkWaitMs);
    this.#startNext();
    return promise.finally(() => clearTimeout(timer));
  }

  /** Starts the next check. At most one check runs that is not known to be quick. */
  #startNext(): void {
    if (this.#running >= limits.checkingThreads) return;
    const ready = this.#jobs.filter(({ group }) => group === 'quick' || this.#othersRunning === 0);
    const [first, ...others] = ready;
    if (first === undefined) return;
    const next = others.reduce((best, job) => (precedes(job, best) ? job : best), first);
    this.#jobs.splice(this.#jobs.indexOf(next), 1);
    this.#count(next.group, 1);
    next.start();
  }

  #count(group: Group, change: 1 | -1): void {
    this.#running += change;
    if (group !== 'quick') this.#othersRunning += change;
  }

  #record(key: string, group: Group): void {
    // Maps keep insertion order, so the oldest schema is the first.
    this.#groups.delete(key);
    this.#groups.set(key, group);
    const oldest = this.#groups.keys().next().value;
    if (this.#groups.size > limits.compiledSchemas && oldest !== undefined) this.#groups.delete(oldest);
  }
}

function precedes(one: Job, other: Job): boolean {
  return one.group === other.group ? one.size < other.size : groups[one.group] < groups[other.group];
}

const toKey = (schema: string): string => hash('sha256', schema);
