import { limits } from '../config/limits.ts';
import { ApiError } from '../errors/api-error.ts';
import { toErrorBody } from '../errors/to-error-body.ts';
import { inSlices } from '../in-slices.ts';
import { createKeyTaken } from '../runs/run-once.ts';
import type { OwnedRun, RunStore, RunWriter } from '../store/run-store.ts';
import type { ChatChunk } from './chat-deps.ts';

export interface ChatLogOptions {
  runs: RunStore;
  run: OwnedRun;
  /** Why it stops, when it is told to. */
  signal: AbortSignal;
}

/**
 * The log of one chat completion that is made once for all who ask for it: its chunks, and after one that failed the error
 * in place of a last chunk, as in a stream. It begins with the first chunk: what fails before has none.
 */
export class ChatLog {
  readonly #options: ChatLogOptions;
  #isBegun = false;
  /** How many events are certain to be in it. */
  #events = 0;
  /** Events after those, which may be in it. */
  #untold: readonly string[] = [];

  constructor(options: ChatLogOptions) {
    this.#options = options;
  }

  /** Passes chunks on, each batch once it is in the log. Throws when the log can't be begun, or not be written to its end. */
  async *write(chunks: AsyncIterable<readonly ChatChunk[]>): AsyncGenerator<readonly ChatChunk[]> {
    const { runs, signal } = this.#options;
    try {
      for await (const batch of chunks) {
        for (const slice of inSlices(batch, limits.logAppendEvents)) {
          if (!(await this.#append(slice.map(toText)))) return;
        }
        yield batch;
      }
    } catch (reason) {
      const error = ApiError.from(signal.aborted ? signal.reason : reason);
      if (!this.#isBegun) throw error;
      await runs.end(this.#writer, [...this.#untold, toText(toErrorBody(error))]);
      return;
    }
    await runs.end(this.#writer, []);
  }

  get #writer(): RunWriter {
    return { ...this.#options.run, next: this.#events };
  }

  async #append(events: string[]): Promise<boolean> {
    const { runs } = this.#options;
    this.#untold = events;
    if (this.#isBegun && !(await runs.append(this.#writer, events))) return false;
    if (!this.#isBegun) await this.#begin(events);
    this.#isBegun = true;
    this.#untold = [];
    this.#events += events.length;
    return true;
  }

  async #begin(events: string[]): Promise<void> {
    const { runs, run } = this.#options;
    if (!(await runs.begin({ ...run, request: undefined, events, reserved: true }))) throw createKeyTaken();
  }
}

const toText = (value: unknown): string => JSON.stringify(value);
