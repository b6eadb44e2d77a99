import type { AgentEvent, AgentLogprob, EncryptedReasoning } from '../agent-client.ts';

/** Identifies an item of one answer: its `output_index`, or its id where that is missing. */
export type ItemKey = number | string;

/** The place of a piece of text. */
export interface Place {
  item: ItemKey;
  form: 'text' | 'refusal' | 'summary' | 'thought';
  /** The index among the parts of this form. */
  part: number;
}

interface OpenPlace extends Place {
  /** Number of characters that were sent. */
  sent: number;
  annotations: number;
}

/**
 * Turns the texts of messages and reasoning into blocks, of which one is open at a time. An upstream may send a text as
 * deltas, at the end of a part, at the end of the item, or as all of them: each piece is passed on once.
 */
export class BlockReader {
  readonly #events: AgentEvent[];
  /** The places that were left. Upstreams may return to them. */
  readonly #left = new Map<string, OpenPlace>();
  readonly #phases = new Map<ItemKey, string>();
  readonly #items = new Set<ItemKey>();
  #open: OpenPlace | undefined;
  #message: ItemKey | undefined;

  /** Adds its events to this list. */
  constructor(events: AgentEvent[]) {
    this.#events = events;
  }

  /** Whether a text of this item was passed on. */
  has(item: ItemKey): boolean {
    return this.#items.has(item);
  }

  /** Sets the phase of a message, before its first text. */
  setPhase(item: ItemKey, phase: unknown): void {
    if (typeof phase === 'string') this.#phases.set(item, phase);
  }

  add(place: Place, text: string, logprobs: AgentLogprob[] = []): void {
    if (text === '') return;
    const open = this.#enter(place);
    open.sent += text.length;
    switch (place.form) {
      case 'text':
        this.#events.push({ type: 'text-delta', text, ...(logprobs.length > 0 ? { logprobs } : {}) });
        return;
      case 'refusal':
        this.#events.push({ type: 'refusal-delta', text });
        return;
      default: {
        const form = place.form === 'summary' ? place.form : 'text';
        this.#events.push({ type: 'reasoning-delta', text, part: { form, index: place.part } });
      }
    }
  }

  /** Adds what is missing of a whole text. An empty part is opened, so that the client sees it. */
  complete(place: Place, text: string, logprobs?: AgentLogprob[]): void {
    const { sent } = this.#find(place) ?? this.#enter(place);
    if (text.length > sent) this.add(place, text.slice(sent), sent === 0 ? logprobs : []);
  }

  /** Adds the next annotation of a text. */
  annotate(place: Place, annotation: Record<string, unknown>): void {
    const { type } = annotation;
    if (typeof type !== 'string') return;
    this.#enter(place).annotations += 1;
    this.#events.push({ type: 'annotation', annotation: { ...annotation, type } });
  }

  /** Adds the annotations of a whole text that were not sent one by one. */
  completeAnnotations(place: Place, annotations: readonly Record<string, unknown>[]): void {
    const { annotations: sent } = this.#find(place) ?? { annotations: 0 };
    for (const annotation of annotations.slice(sent)) this.annotate(place, annotation);
  }

  /** Ends a reasoning item, which may consist of encrypted content alone. */
  endReasoning(item: ItemKey, encrypted: EncryptedReasoning | undefined): void {
    if (this.#open?.item !== item || !isReasoning(this.#open)) {
      if (this.has(item) && !encrypted) return;
      this.close();
      this.#events.push({ type: 'reasoning-start' });
    }
    this.#open = undefined;
    this.#events.push({ type: 'reasoning-end', ...(encrypted ? { encrypted } : {}) });
  }

  /** Ends the open block. */
  close(): void {
    const open = this.#open;
    if (!open) return;
    this.#leave(open);
    if (isReasoning(open)) this.#events.push({ type: 'reasoning-end' });
    this.#open = undefined;
  }

  #find(place: Place): OpenPlace | undefined {
    return this.#open && isSame(this.#open, place) ? this.#open : this.#left.get(toKey(place));
  }

  #enter(place: Place): OpenPlace {
    if (this.#open && isSame(this.#open, place)) return this.#open;
    const next = this.#left.get(toKey(place)) ?? { ...place, sent: 0, annotations: 0 };
    if (this.#open && isReasoning(this.#open) && isReasoning(next) && this.#open.item === next.item) {
      this.#leave(this.#open);
    } else {
      this.close();
      this.#begin(next);
    }
    this.#open = next;
    return next;
  }

  #begin(place: Place): void {
    this.#items.add(place.item);
    if (isReasoning(place)) {
      this.#events.push({ type: 'reasoning-start' });
      return;
    }
    if (this.#message !== place.item) {
      this.#message = place.item;
      const phase = this.#phases.get(place.item);
      this.#events.push({ type: 'message-start', ...(phase === undefined ? {} : { phase }) });
    }
    this.#events.push({ type: place.form === 'refusal' ? 'refusal-start' : 'text-start' });
  }

  #leave(place: OpenPlace): void {
    this.#left.set(toKey(place), place);
    if (!isReasoning(place)) this.#events.push({ type: place.form === 'refusal' ? 'refusal-end' : 'text-end' });
  }
}

const isReasoning = ({ form }: Place): boolean => form === 'summary' || form === 'thought';

const isSame = (one: Place, other: Place): boolean =>
  one.item === other.item && one.part === other.part && one.form === other.form;

const toKey = ({ item, form, part }: Place): string => `${form} ${part} ${typeof item} ${item}`;
