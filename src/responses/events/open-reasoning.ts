import type { EncryptedReasoning, ReasoningPart } from '../../agent/agent-client.ts';
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
  /** The form of text that the agent does not assign to a part. */
  asSummary: boolean;
  /** Returns `encrypted_content`. Omitted when the client did not ask for it. */
  seal?: ((text: string) => string) | undefined;
}

/**
 * Reasoning: parts of a summary and of text, one open at a time. Without parts of the agent it is one part, a summary
 * when the client asked for one. Clients differ in which of the two they can read; one that asks for a summary reads
 * summaries.
 */
export class OpenReasoning implements OpenItem {
  readonly index: number;
  readonly provider = new ItemProviderData();
  readonly id: string;
  readonly #sink: Sink<ReasoningEvent>;
  readonly #options: ReasoningOptions;
  readonly #summary: string[] = [];
  readonly #content: string[] = [];
  /** The agent's place of the open part. */
  #open: ReasoningPart | undefined;
  /** The text of the open part. */
  #text = '';
  #encrypted: EncryptedReasoning | undefined;

  constructor(sink: Sink<ReasoningEvent>, options: ReasoningOptions) {
    this.#sink = sink;
    this.#options = options;
    this.index = options.index;
    this.id = options.id ?? createItemId('rs');
    writeAdded(sink, this.index, { type: 'reasoning', id: this.id, status: 'in_progress', summary: [] });
  }

  add(delta: string, part?: ReasoningPart): void {
    if (!this.#open || (part && (part.form !== this.#open.form || part.index !== this.#open.index))) {
      this.#startPart(part ?? { form: this.#options.asSummary ? 'summary' : 'text', index: 0 });
    }
    this.#text += delta;
    if (this.#isSummary) {
      this.#sink.add({ type: 'response.reasoning_summary_text.delta', ...this.#inSummary(), delta });
    } else {
      this.#sink.add({ type: 'response.reasoning_text.delta', ...this.#inContent(), delta });
    }
  }

  /** Sets the agent's own encrypted content. */
  encrypt(encrypted: EncryptedReasoning): void {
    this.#encrypted = encrypted;
  }

  close(status: FinalStatus): ReasoningItem {
    this.#endPart();
    return this.finish(this.#item(status));
  }

  /** Closes the reasoning as this item. */
  finish(item: ReasoningItem): ReasoningItem {
    this.#endPart();
    writeDone(this.#sink, this.index, item);
    return item;
  }

  snapshot(): ReasoningItem {
    return this.#item('incomplete');
  }

  get #isSummary(): boolean {
    return this.#open?.form === 'summary';
  }

  #startPart(part: ReasoningPart): void {
    this.#endPart();
    this.#open = part;
    if (this.#isSummary) {
      const added = { type: 'summary_text' as const, text: '' };
      this.#sink.add({ type: 'response.reasoning_summary_part.added', ...this.#inSummary(), part: added });
    } else {
      const added = { type: 'reasoning_text' as const, text: '' };
      this.#sink.add({ type: 'response.content_part.added', ...this.#inContent(), part: added });
    }
  }

  #endPart(): void {
    if (!this.#open) return;
    const text = this.#text;
    if (this.#isSummary) {
      const part = { type: 'summary_text' as const, text };
      this.#sink.add({ type: 'response.reasoning_summary_text.done', ...this.#inSummary(), text });
      this.#sink.add({ type: 'response.reasoning_summary_part.done', ...this.#inSummary(), part });
      this.#summary.push(text);
    } else {
      const part = { type: 'reasoning_text' as const, text };
      this.#sink.add({ type: 'response.reasoning_text.done', ...this.#inContent(), text });
      this.#sink.add({ type: 'response.content_part.done', ...this.#inContent(), part });
      this.#content.push(text);
    }
    this.#open = undefined;
    this.#text = '';
  }

  #item(status: FinalStatus): ReasoningItem {
    const open = this.#open ? [this.#text] : [];
    const summary = this.#isSummary ? [...this.#summary, ...open] : this.#summary;
    const content = this.#isSummary ? this.#content : [...this.#content, ...open];
    return {
      type: 'reasoning',
      id: this.id,
      status,
      summary: summary.map((text) => ({ type: 'summary_text', text })),
      ...(content.length > 0 ? { content: content.map((text) => ({ type: 'reasoning_text' as const, text })) } : {}),
      ...this.#sealed([...summary, ...content].join('\n')),
      ...this.provider.toField(),
    };
  }

  #sealed(text: string): Pick<ReasoningItem, 'encrypted_content'> {
    const { seal } = this.#options;
    return seal ? { encrypted_content: this.#encrypted?.content ?? seal(text) } : {};
  }

  #inSummary() {
    return { ...this.#location(), summary_index: this.#summary.length };
  }

  #inContent() {
    return { ...this.#location(), content_index: this.#content.length };
  }

  #location() {
    return { sequence_number: this.#sink.number(), item_id: this.id, output_index: this.index };
  }
}
