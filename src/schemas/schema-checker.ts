import { limits } from '../config/limits.ts';
import { ApiError } from '../errors/api-error.ts';
import { AnswerChecks, type CheckReply, type CheckRequest } from './answer-checks.ts';
import { CheckQueue } from './check-queue.ts';
import { CheckingThread, type ThreadLimits, ThreadLost } from './checking-thread.ts';
import { cut } from './schema-error.ts';
import { TooExpensive } from './scope.ts';

type Schema = Record<string, unknown>;

export interface CheckLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
}

/** Number of unchecked expressions in a log line, and the maximum length of each. */
const loggedPatterns = 5;
const loggedCharacters = 100;

/**
 * Checks answers against clients' JSON Schemas at a bounded cost. Small checks run on the main thread, within a budget
 * of steps. Larger ones, and all with regular expressions, run on threads with limits on time and memory. Threads
 * start on demand.
 */
export class SchemaChecker implements AsyncDisposable {
  /** Number of checks that ended their thread. */
  exceeded = 0;
  readonly #log: CheckLog;
  readonly #limits: ThreadLimits;
  readonly #small = new AnswerChecks({
    budget: { steps: limits.smallCheckSteps, levels: limits.smallCheckLevels },
    schemas: limits.compiledSchemas,
    parsedBytes: Number.POSITIVE_INFINITY,
  });
  /** Caches the text of each schema, which every check needs. */
  readonly #texts = new WeakMap<Schema, string>();
  readonly #queue = new CheckQueue();
  readonly #threads = new Set<CheckingThread>();
  #isDisposed = false;

  constructor(threadLimits: ThreadLimits, log: CheckLog) {
    this.#limits = threadLimits;
    this.#log = log;
  }

  /** Compiles a schema. Rejects with `schema_too_expensive` when that exceeds the limits. */
  async prepare(schema: Schema): Promise<void> {
    const text = this.#toText(schema);
    // Only regular expressions are slow to compile.
    if (hasPatterns(text) && !this.#queue.isQuick(text)) await this.#check({ schema: text, answer: undefined });
  }

  /**
   * Returns a description of the mismatch, or `undefined` when the answer fits. Without a schema any JSON object fits.
   * Rejects with `schema_too_expensive` when the check exceeds the limits.
   */
  async complain(schema: Schema | undefined, answer: string): Promise<string | undefined> {
    const request = { schema: schema && this.#toText(schema), answer };
    const { complaint } = this.#checkSmall(request) ?? (await this.#check(request));
    return complaint;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true;
    this.#queue.rejectAll(new ApiError('server_shutting_down', 'The server is shutting down.'));
    await Promise.all([...this.#threads].map((thread) => thread[Symbol.asyncDispose]()));
  }

  #toText(schema: Schema): string {
    const text = this.#texts.get(schema) ?? JSON.stringify(schema);
    this.#texts.set(schema, text);
    return text;
  }

  /** Returns `undefined` for a check that is too large, or exceeds its budget. */
  #checkSmall(request: CheckRequest): CheckReply | undefined {
    const { schema = '', answer = '' } = request;
    if (schema.length > limits.smallCheckCharacters || answer.length > limits.smallCheckCharacters) return undefined;
    if (hasPatterns(schema)) return undefined;
    try {
      return this.#small.check(request);
    } catch (error) {
      if (error instanceof TooExpensive) return undefined;
      throw error;
    }
  }

  async #check(request: CheckRequest): Promise<CheckReply> {
    try {
      const reply = await this.#queue.run(request, () => this.#runOnThread(request));
      if (reply.unchecked.length > 0) {
        const patterns = reply.unchecked.slice(0, loggedPatterns).map((pattern) => cut(pattern, loggedCharacters));
        this.#log.info(
          { patterns, count: reply.unchecked.length },
          'unsupported patterns of a JSON Schema are not checked',
        );
      }
      return reply;
    } catch (cause) {
      if (!(cause instanceof TooExpensive)) throw cause;
      if (this.#isDisposed) throw new ApiError('server_shutting_down', 'The server is shutting down.');
      const message = "The answer can't be checked against its JSON Schema within the limits on time and memory.";
      throw new ApiError('schema_too_expensive', message, { cause });
    }
  }

  async #runOnThread(request: CheckRequest): Promise<CheckReply> {
    const thread = [...this.#threads].find((known) => !known.isBusy && !known.isLost) ?? this.#start();
    try {
      return await thread.check(request);
    } catch (error) {
      if (error instanceof ThreadLost && !this.#isDisposed) {
        this.exceeded += 1;
        const { limit } = error;
        this.#log.warn({ limit, exceeded: this.exceeded }, 'schema check exceeded its limit, checking thread replaced');
      }
      throw error;
    } finally {
      if (thread.isLost) this.#threads.delete(thread);
    }
  }

  #start(): CheckingThread {
    const thread = new CheckingThread(this.#limits);
    this.#threads.add(thread);
    return thread;
  }
}

/** Whether a schema may have patterns. A false positive, such as a property of that name, only uses a thread. */
const hasPatterns = (schema: string): boolean => schema.includes('"pattern');
