import type { Schemas } from '../../contract/types.ts';
import { createItemId } from '../../ids.ts';
import type { EventOf, Sink } from './event-sink.ts';
import { ItemProviderData } from './item-provider-data.ts';
import { type FinalStatus, type ItemEvent, type ItemStart, type OpenItem, writeAdded, writeDone } from './open-item.ts';

type OutputMessage = Schemas['OutputMessage'];
type MessagePart = Schemas['OutputText'] | Schemas['Refusal'];
type Logprobs = Schemas['TokenLogprob'][];
type Annotation = Schemas['Annotation'];

export type MessageEvent =
  | ItemEvent
  | EventOf<
      | 'response.content_part.added'
      | 'response.content_part.done'
      | 'response.output_text.delta'
      | 'response.output_text.annotation.added'
      | 'response.output_text.done'
      | 'response.refusal.delta'
      | 'response.refusal.done'
    >;

export interface MessageStart extends ItemStart {
  phase?: string | undefined;
}

const phases = ['commentary', 'final_answer'] as const satisfies Schemas['MessagePhase'][];

/** A message: text and refusal parts, one open at a time. */
export class OpenMessage implements OpenItem {
  readonly index: number;
  readonly provider = new ItemProviderData();
  readonly id: string;
  readonly #sink: Sink<MessageEvent>;
  readonly #parts: MessagePart[] = [];
  readonly #phase: OutputMessage['phase'];
  #open: 'text' | 'refusal' | undefined;
  #text = '';
  #logprobs: Logprobs = [];
  #annotations: Annotation[] = [];

  constructor(sink: Sink<MessageEvent>, { index, id = createItemId('msg'), phase }: MessageStart) {
    this.#sink = sink;
    this.index = index;
    this.id = id;
    this.#phase = phases.find((known) => known === phase);
    writeAdded(sink, index, this.#item('in_progress'));
  }

  start(kind: 'text' | 'refusal'): void {
    this.end();
    this.#open = kind;
    this.#sink.add({ type: 'response.content_part.added', ...this.#location(), part: this.#part() });
  }

  addText(delta: string, logprobs: Logprobs): void {
    if (this.#open !== 'text') this.start('text');
    this.#text += delta;
    for (const logprob of logprobs) this.#logprobs.push(logprob);
    this.#sink.add({ type: 'response.output_text.delta', ...this.#location(), delta, logprobs });
  }

  /** Cites a source of the open text. */
  annotate(annotation: Annotation): void {
    if (this.#open !== 'text') this.start('text');
    const index = this.#annotations.push(annotation) - 1;
    const type = 'response.output_text.annotation.added';
    this.#sink.add({ type, ...this.#location(), annotation_index: index, annotation });
  }

  addRefusal(delta: string): void {
    if (this.#open !== 'refusal') this.start('refusal');
    this.#text += delta;
    this.#sink.add({ type: 'response.refusal.delta', ...this.#location(), delta });
  }

  /** Ends the open part, if there is one. */
  end(): void {
    if (!this.#open) return;
    const part = this.#part();
    if (part.type === 'refusal') {
      this.#sink.add({ type: 'response.refusal.done', ...this.#location(), refusal: part.refusal });
    } else {
      const logprobs = this.#logprobs;
      this.#sink.add({ type: 'response.output_text.done', ...this.#location(), text: part.text, logprobs });
    }
    this.#sink.add({ type: 'response.content_part.done', ...this.#location(), part });
    this.#parts.push(part);
    this.#open = undefined;
    this.#text = '';
    this.#logprobs = [];
    this.#annotations = [];
  }

  close(status: FinalStatus): OutputMessage {
    // Ends first: the item holds every part.
    this.end();
    return this.finish(this.#item(status));
  }

  /** Closes the message as this item. */
  finish(item: OutputMessage): OutputMessage {
    this.end();
    writeDone(this.#sink, this.index, item);
    return item;
  }

  snapshot(): OutputMessage {
    const item = this.#item('incomplete');
    return this.#open ? { ...item, content: [...item.content, this.#part()] } : item;
  }

  #item(status: OutputMessage['status']): OutputMessage {
    const message = { type: 'message' as const, id: this.id, status, role: 'assistant' as const };
    const phase = this.#phase ? { phase: this.#phase } : {};
    return { ...message, content: [...this.#parts], ...phase, ...this.provider.toField() };
  }

  #part(): MessagePart {
    if (this.#open === 'refusal') return { type: 'refusal', refusal: this.#text };
    // A copy: an added part may be serialized only after the next delta of its batch.
    const annotations = [...this.#annotations];
    return { type: 'output_text', text: this.#text, annotations, logprobs: [...this.#logprobs] };
  }

  #location() {
    return {
      sequence_number: this.#sink.number(),
      item_id: this.id,
      output_index: this.index,
      content_index: this.#parts.length,
    };
  }
}
