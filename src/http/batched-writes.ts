import type { ServerResponse } from 'node:http';
import { atEndOfTurn } from '../net/at-end-of-turn.ts';

/** Characters that are written at once instead of at the end of the turn: a replayed log is ready in one turn. */
const maxHeld = 16_384;

/** Writes what a stream receives within one turn of the event loop at its end, as one piece. */
export class BatchedWrites {
  readonly #response: ServerResponse;
  #held = '';
  readonly #flush = () => this.flush();

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  add(text: string): void {
    if (text === '') return;
    if (this.#held === '') atEndOfTurn(this.#flush);
    this.#held += text;
    if (this.#held.length > maxHeld) this.flush();
  }

  flush(): void {
    const text = this.#held;
    if (text === '') return;
    this.#held = '';
    this.#response.write(text);
  }
}
