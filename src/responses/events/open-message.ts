import type { AgentLogprob } from '../../agent/agent-client.ts';
import type { Schemas } from '../../contract/types.ts';
import { createItemId } from '../../ids.ts';
import type { EventSink } from './event-sink.ts';
import type { ItemStatus, OpenItem } from './open-item.ts';

type OutputMessage = Schemas['OutputMessage'];
type MessagePart = Schemas['OutputText'] | Schemas['Refusal'];
type Logprobs = Schemas['TokenLogprob'][];

/** A message: text and refusal parts, one open at a time. */
export class OpenMessage implements OpenItem {
  readonly index: number;
  readonly #id = createItemId('msg');
  readonly #sink: EventSink;
  readonly #parts: MessagePart[] = [];
  #open: 'text' | 'refusal' | undefined;
  #text = '';
  #logprobs: Logprobs = [];

  constructor(sink: EventSink, index: number) {
    this.#sink = sink;
    this.index = index;
    sink.add({
      type: 'response.output_item.added',
      sequence_number: sink.number(),
      output_index: index,
      item: this.#item('in_progress'),
    });
  }

  start(kind: 'text' | 'refusal'): void {
    this.end();
    this.#open = kind;
    this.#sink.add({ type: 'response.content_part.added', ...this.#place(), part: this.#part() });
  }

  addText(delta: string, logprobs: AgentLogprob[] | undefined): void {
    if (this.#open !== 'text') this.start('text');
    this.#text += delta;
    const wire = logprobs?.map(toWireLogprob) ?? [];
    if (wire.length > 0) this.#logprobs.push(...wire);
    this.#sink.add({ type: 'response.output_text.delta', ...this.#place(), delta, logprobs: wire });
  }

  addRefusal(delta: string): void {
    if (this.#open !== 'refusal') this.start('refusal');
    this.#text += delta;
    this.#sink.add({ type: 'response.refusal.delta', ...this.#place(), delta });
  }

  /** Ends the open part, if there is one. */
  end(): void {
    if (!this.#open) return;
    const part = this.#part();
    if (part.type === 'refusal') {
      this.#sink.add({ type: 'response.refusal.done', ...this.#place(), refusal: part.refusal });
    } else {
      const logprobs = this.#logprobs;
      this.#sink.add({ type: 'response.output_text.done', ...this.#place(), text: part.text, logprobs });
    }
    this.#sink.add({ type: 'response.content_part.done', ...this.#place(), part });
    this.#parts.push(part);
    this.#open = undefined;
    this.#text = '';
    this.#logprobs = [];
  }

  close(status: ItemStatus): OutputMessage {
    this.end();
    const item = this.#item(status);
    this.#sink.add({
      type: 'response.output_item.done',
      sequence_number: this.#sink.number(),
      output_index: this.index,
      item,
    });
    return item;
  }

  snapshot(): OutputMessage {
    const item = this.#item('incomplete');
    return this.#open ? { ...item, content: [...item.content, this.#part()] } : item;
  }

  #item(status: OutputMessage['status']): OutputMessage {
    return { type: 'message', id: this.#id, status, role: 'assistant', content: [...this.#parts] };
  }

  #part(): MessagePart {
    if (this.#open === 'refusal') return { type: 'refusal', refusal: this.#text };
    // A copy: the part that was added may be written out only after the next delta of its batch.
    return { type: 'output_text', text: this.#text, annotations: [], logprobs: [...this.#logprobs] };
  }

  #place() {
    return {
      sequence_number: this.#sink.number(),
      item_id: this.#id,
      output_index: this.index,
      content_index: this.#parts.length,
    };
  }
}

function toWireLogprob(logprob: AgentLogprob): Schemas['TokenLogprob'] {
  const bytes = (alternative: { token: string; bytes: number[] | null }) =>
    alternative.bytes ?? [...Buffer.from(alternative.token)];
  return {
    token: logprob.token,
    logprob: logprob.logprob,
    bytes: bytes(logprob),
    top_logprobs: logprob.topLogprobs.map((top) => ({ token: top.token, logprob: top.logprob, bytes: bytes(top) })),
  };
}
