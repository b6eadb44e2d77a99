/** Events that are read together, and their JSON texts. Either form is made from the other at its first use, once. */
export interface EventBatch<out Event extends object = object> {
  readonly events: readonly Event[];
  readonly texts: readonly string[];
}

type Encode<Event> = (event: Event) => string;

/** Returns events as a batch. `encode` must return the same text as `JSON.stringify`. */
export function toEventBatch<Event extends object>(
  events: readonly Event[],
  encode: Encode<Event> = JSON.stringify,
): EventBatch<Event> {
  return new WrittenBatch(events, encode);
}

/** Returns a batch of texts that this server wrote: they need no validation. */
export function fromEventTexts<Event extends object>(texts: readonly string[]): EventBatch<Event> {
  return new ReadBatch<Event>(texts);
}

class WrittenBatch<Event extends object> implements EventBatch<Event> {
  readonly events: readonly Event[];
  readonly #encode: Encode<Event>;
  #texts: readonly string[] | undefined;

  constructor(events: readonly Event[], encode: Encode<Event>) {
    this.events = events;
    this.#encode = encode;
  }

  get texts(): readonly string[] {
    this.#texts ??= this.events.map((event) => this.#encode(event));
    return this.#texts;
  }
}

class ReadBatch<Event extends object> implements EventBatch<Event> {
  readonly texts: readonly string[];
  #events: readonly Event[] | undefined;

  constructor(texts: readonly string[]) {
    this.texts = texts;
  }

  get events(): readonly Event[] {
    this.#events ??= this.texts.map((text): Event => JSON.parse(text));
    return this.#events;
  }
}
