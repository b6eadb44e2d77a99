import type { ServerResponse } from 'node:http';
import { limits } from '../config/limits.ts';
import { atEndOfTurn } from '../net/at-end-of-turn.ts';

/** Collects the text of a stream in one turn of the event loop, and writes it at its end as one piece. */
export class BatchedWrites {
  readonly #response: ServerResponse;
  readonly #isImmediate: boolean;
  #held = '';
  readonly #flush = () => {
    const text = this.#take();
    if (text !== '') this.#response.write(text);
  };

  /** `isImmediate`: writes each text at once. */
  constructor(response: ServerResponse, { isImmediate = false }: { isImmediate?: boolean | undefined }) {
    this.#response = response;
    this.#isImmediate = isImmediate;
  }

  add(text: string): void {
    if (text === '') return;
    if (this.#held === '' && !this.#isImmediate) atEndOfTurn(this.#flush);
    this.#held += text;
    if (this.#isImmediate || this.#held.length > limits.streamWriteCharacters) this.#flush();
  }

  /** Ends the reply with a last text. */
  end(text: string): void {
    this.#response.end(this.#take() + text);
  }

  #take(): string {
    const text = this.#held;
    this.#held = '';
    return text;
  }
}
