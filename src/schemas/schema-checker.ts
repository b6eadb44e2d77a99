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

/** How many of the unchecked expressions a log line names, and how much of each. */
const loggedPatterns = 5;
const loggedCharacters = 100;

/**
 * Checks answers against clients' JSON Schemas at a bounded cost. Small checks run here, within a budget of steps. Those
 * with regular expressions, and larger ones, run on threads with limits on time and memory; the first of them starts one.
 */
export class SchemaChecker implements AsyncDisposable {
  /** Checks that a thread did not survive. */
  exceeded = 0;
  readonly #log: CheckLog;
  readonly #limits: ThreadLimits;
  readonly #small = new AnswerChecks({
    budget: { steps: limits.smallCheckSteps, levels: limits.smallCheckLevels },
    schemas: limits.compiledSchemas,
    parsedBytes: Number.POSITIVE_INFINITY,
  });
  /** The schema came as an object with the request, and is needed as text for each check. */
  readonly #texts = new WeakMap<Schema, string>();
  readonly #queue = new CheckQueue();
  readonly #threads = new Set<CheckingThread>();
  #isDisposed = false;

  constructor(threadLimits: ThreadLimits, log: CheckLog) {
    this.#limits = threadLimits;
    this.#log = log;
  }

  /** Rejects with `schema_too_expensive` when the schema can't be compiled within the limits. */
  async prepare(schema: Schema): Promise<void> {
    const text = this.#toText(schema);
    // Nothing but regular expressions takes long to compile.
    if (hasPatterns(text) && !this.#queue.isQuick(text)) await this.#check({ schema: text, answer: undefined });
  }

  /**
   * Returns what is wrong with an answer, `undefined` when it fits; without a schema any JSON object does. Rejects with
   * `schema_too_expensive` when it can't be checked within the limits.
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

  /** `undefined` for a check that is not small, or turns out not to be. */
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
        this.#log.info({ patterns, count: reply.unchecked.length }, 'patterns of a JSON Schema are not checked');
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

/** By its text: one too many, such as a property of that name, costs a thread and nothing else. */
const hasPatterns = (schema: string): boolean => schema.includes('"pattern');
