import type { Schemas } from '../../contract/types.ts';
import { createItemId } from '../../ids.ts';
import type { EventOf, Sink } from './event-sink.ts';
import { ItemProviderData } from './item-provider-data.ts';
import { type FinalStatus, type ItemEvent, type ItemStart, type OpenItem, writeAdded, writeDone } from './open-item.ts';

type ReasoningItem = Schemas['ReasoningItem'];

export type ReasoningEvent =
  | ItemEvent
  | EventOf<
      | 'response.content_part.added'
      | 'response.content_part.done'
      | 'response.reasoning_text.delta'
      | 'response.reasoning_text.done'
      | 'response.reasoning_summary_part.added'
      | 'response.reasoning_summary_part.done'
      | 'response.reasoning_summary_text.delta'
      | 'response.reasoning_summary_text.done'
    >;

export interface ReasoningOptions extends ItemStart {
  asSummary: boolean;
  /** Returns `encrypted_content`. Omitted when the client did not ask for it. */
  seal?: ((text: string) => string) | undefined;
}

/**
 * Reasoning, as a summary when the client asked for one, otherwise as text. Clients differ in which of the two they can
 * read; one that asks for a summary reads summaries.
 */
export class OpenReasoning implements OpenItem {
  readonly index: number;
  readonly provider = new ItemProviderData();
  readonly #id: string;
  readonly #sink: Sink<ReasoningEvent>;
  readonly #asSummary: boolean;
  readonly #seal: ReasoningOptions['seal'];
  #text = '';

  constructor(sink: Sink<ReasoningEvent>, { index, id, asSummary, seal }: ReasoningOptions) {
    this.#sink = sink;
    this.index = index;
    this.#id = id ?? createItemId('rs');
    this.#asSummary = asSummary;
    this.#seal = seal;
    writeAdded(sink, index, { type: 'reasoning', id: this.#id, status: 'in_progress', summary: [] });
    if (asSummary) {
      const part = { type: 'summary_text' as const, text: '' };
      sink.add({ type: 'response.reasoning_summary_part.added', ...this.#inSummary(), part });
    } else {
      const part = { type: 'reasoning_text' as const, text: '' };
      sink.add({ type: 'response.content_part.added', ...this.#inContent(), part });
    }
  }

  add(delta: string): void {
    this.#text += delta;
    if (this.#asSummary) {
      this.#sink.add({ type: 'response.reasoning_summary_text.delta', ...this.#inSummary(), delta });
    } else {
      this.#sink.add({ type: 'response.reasoning_text.delta', ...this.#inContent(), delta });
    }
  }

  close(status: FinalStatus): ReasoningItem {
    return this.finish(this.#item(status));
  }

  /** Closes the reasoning as this item. */
  finish(item: ReasoningItem): ReasoningItem {
    const text = this.#text;
    if (this.#asSummary) {
      const part = { type: 'summary_text' as const, text };
      this.#sink.add({ type: 'response.reasoning_summary_text.done', ...this.#inSummary(), text });
      this.#sink.add({ type: 'response.reasoning_summary_part.done', ...this.#inSummary(), part });
    } else {
      const part = { type: 'reasoning_text' as const, text };
      this.#sink.add({ type: 'response.reasoning_text.done', ...this.#inContent(), text });
      this.#sink.add({ type: 'response.content_part.done', ...this.#inContent(), part });
    }
    writeDone(this.#sink, this.index, item);
    return item;
  }

  snapshot(): ReasoningItem {
    return this.#item('incomplete');
  }

  #item(status: FinalStatus): ReasoningItem {
    const text = this.#text;
    return {
      type: 'reasoning',
      id: this.#id,
      status,
      summary: this.#asSummary ? [{ type: 'summary_text', text }] : [],
      ...(this.#asSummary ? {} : { content: [{ type: 'reasoning_text', text }] }),
      ...(this.#seal ? { encrypted_content: this.#seal(text) } : {}),
      ...this.provider.toField(),
    };
  }

  #inSummary() {
    return { ...this.#location(), summary_index: 0 };
  }

  #inContent() {
    return { ...this.#location(), content_index: 0 };
  }

  #location() {
    return { sequence_number: this.#sink.number(), item_id: this.#id, output_index: this.index };
  }
}
