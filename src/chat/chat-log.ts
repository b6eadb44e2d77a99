import { ApiError } from '../errors/api-error.ts';
import { toErrorBody } from '../errors/to-error-body.ts';
import type { OwnedRun, RunStore } from '../store/run-store.ts';
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

  constructor(options: ChatLogOptions) {
    this.#options = options;
  }

  get isBegun(): boolean {
    return this.#isBegun;
  }

  /** Passes chunks on, each batch once it is in the log. Throws when the log can't be begun, or not be written to its end. */
  async *write(chunks: AsyncIterable<readonly ChatChunk[]>): AsyncGenerator<readonly ChatChunk[]> {
    const { runs, run, signal } = this.#options;
    try {
      for await (const batch of chunks) {
        if (!(await this.#append(batch.map(toText)))) return;
        yield batch;
      }
    } catch (reason) {
      const error = ApiError.from(signal.aborted ? signal.reason : reason);
      if (!this.#isBegun) throw error;
      await runs.end(run, [toText(toErrorBody(error))]);
      return;
    }
    await runs.end(run, []);
  }

  async #append(events: string[]): Promise<boolean> {
    const { runs, run } = this.#options;
    if (this.#isBegun) return runs.append(run, events);
    await runs.begin({ ...run, request: undefined, events });
    this.#isBegun = true;
    return true;
  }
}

const toText = (value: unknown): string => JSON.stringify(value);
