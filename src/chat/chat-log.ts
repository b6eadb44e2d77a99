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
 * in place of a last chunk, as in a stream.
 */
export class ChatLog {
  readonly #options: ChatLogOptions;
  #chunks = 0;

  constructor(options: ChatLogOptions) {
    this.#options = options;
  }

  /** Has nothing been said? */
  get isEmpty(): boolean {
    return this.#chunks === 0;
  }

  begin(): Promise<void> {
    const { runs, run } = this.#options;
    return runs.begin({ ...run, request: undefined, events: [] });
  }

  /** Passes chunks on, each batch once it is in the log. Throws when the log can't be written to its end. */
  async *write(chunks: AsyncIterable<readonly ChatChunk[]>): AsyncGenerator<readonly ChatChunk[]> {
    const { runs, run, signal } = this.#options;
    try {
      for await (const batch of chunks) {
        if (!(await runs.append(run, batch.map(toText)))) return;
        this.#chunks += batch.length;
        yield batch;
      }
    } catch (reason) {
      const error = ApiError.from(signal.aborted ? signal.reason : reason);
      await runs.end(run, [toText(toErrorBody(error))]);
      return;
    }
    await runs.end(run, []);
  }
}

const toText = (value: unknown): string => JSON.stringify(value);
