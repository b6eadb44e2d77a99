import type { Schemas } from '../../contract/types.ts';
import { createItemId } from '../../ids.ts';
import type { EventSink } from './event-sink.ts';
import type { ItemStatus, OpenItem } from './open-item.ts';

type ReasoningItem = Schemas['ReasoningItem'];

export interface ReasoningOptions {
  index: number;
  asSummary: boolean;
  /** Makes `encrypted_content`. Absent: the client did not ask for it. */
  seal: ((text: string) => string) | undefined;
}

/**
 * Reasoning: shown as a summary when the client asked for summaries, as its text otherwise. Clients differ in which of
 * the two they can read, and the one who asks for a summary is the one who reads it.
 */
export class OpenReasoning implements OpenItem {
  readonly index: number;
  readonly #id = createItemId('rs');
  readonly #sink: EventSink;
  readonly #asSummary: boolean;
  readonly #seal: ReasoningOptions['seal'];
  #text = '';

  constructor(sink: EventSink, options: ReasoningOptions) {
    this.#sink = sink;
    this.index = options.index;
    this.#asSummary = options.asSummary;
    this.#seal = options.seal;
    const item: ReasoningItem = { type: 'reasoning', id: this.#id, status: 'in_progress', summary: [] };
    const added = { sequence_number: sink.number(), output_index: this.index, item };
    sink.add({ type: 'response.output_item.added', ...added });
    if (this.#asSummary) {
      const part = { type: 'summary_text' as const, text: '' };
      sink.add({ type: 'response.reasoning_summary_part.added', ...this.#place(), summary_index: 0, part });
    } else {
      const part = { type: 'reasoning_text' as const, text: '' };
      sink.add({ type: 'response.content_part.added', ...this.#place(), content_index: 0, part });
    }
  }

  add(delta: string): void {
    this.#text += delta;
    if (this.#asSummary) {
      const summary = { ...this.#place(), summary_index: 0, delta };
      this.#sink.add({ type: 'response.reasoning_summary_text.delta', ...summary });
    } else {
      this.#sink.add({ type: 'response.reasoning_text.delta', ...this.#place(), content_index: 0, delta });
    }
  }

  close(status: ItemStatus): ReasoningItem {
    const text = this.#text;
    if (this.#asSummary) {
      const at = { summary_index: 0 };
      const part = { type: 'summary_text' as const, text };
      this.#sink.add({ type: 'response.reasoning_summary_text.done', ...this.#place(), ...at, text });
      this.#sink.add({ type: 'response.reasoning_summary_part.done', ...this.#place(), ...at, part });
    } else {
      const at = { content_index: 0 };
      const part = { type: 'reasoning_text' as const, text };
      this.#sink.add({ type: 'response.reasoning_text.done', ...this.#place(), ...at, text });
      this.#sink.add({ type: 'response.content_part.done', ...this.#place(), ...at, part });
    }
    const item = this.#item(status);
    const sequence_number = this.#sink.number();
    this.#sink.add({ type: 'response.output_item.done', sequence_number, output_index: this.index, item });
    return item;
  }

  snapshot(): ReasoningItem {
    return this.#item('incomplete');
  }

  #item(status: ItemStatus): ReasoningItem {
    const text = this.#text;
    return {
      type: 'reasoning',
      id: this.#id,
      status,
      summary: this.#asSummary ? [{ type: 'summary_text', text }] : [],
      ...(this.#asSummary ? {} : { content: [{ type: 'reasoning_text', text }] }),
      ...(this.#seal ? { encrypted_content: this.#seal(text) } : {}),
    };
  }

  #place() {
    return { sequence_number: this.#sink.number(), item_id: this.#id, output_index: this.index };
  }
}
