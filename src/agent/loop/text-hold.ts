import type { AgentEvent } from '../agent-client.ts';

/** Events of the text of a message. */
const textEvents: ReadonlySet<AgentEvent['type']> = new Set([
  'message-start',
  'text-start',
  'text-delta',
  'text-end',
  'annotation',
]);

/** Holds the beginning of a text until it is known to be no preamble of a call. */
export class TextHold {
  /** `undefined`: nothing is held. */
  #maxCharacters: number | undefined;
  #characters = 0;
  #held: AgentEvent[] = [];

  constructor(maxCharacters: number | undefined) {
    this.#maxCharacters = maxCharacters;
  }

  /** Returns the events to pass on now. */
  pass(event: AgentEvent): AgentEvent[] {
    if (this.#maxCharacters === undefined || !textEvents.has(event.type)) return [event];
    this.#held.push(event);
    if (event.type === 'text-delta') this.#characters += event.text.length;
    if (this.#characters <= this.#maxCharacters) return [];
    this.#maxCharacters = undefined;
    return this.end(false);
  }

  /** Ends the text. Returns the events that are held, unless they are dropped. */
  end(isDropped: boolean | undefined): AgentEvent[] {
    const held = this.#held;
    this.#held = [];
    return isDropped ? [] : held;
  }
}
