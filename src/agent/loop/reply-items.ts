import type { AgentEvent } from '../agent-client.ts';
import { toInputPart } from '../request/to-response-items.ts';

type Item = Record<string, unknown>;

/** A call whose arguments are not whole. */
interface OpenCall {
  item: Item;
  text: string;
}

/** Collects one reply as items of the Responses API, with what only its agent can read. */
export class ReplyItems {
  readonly items: Item[] = [];
  readonly #calls = new Map<string, OpenCall>();
  #message: Item[] | undefined;
  #phase: string | undefined;
  #reasoning: { summary: string[]; content: string[] } | undefined;

  add(event: AgentEvent): void {
    switch (event.type) {
      case 'message-start':
        this.#message = undefined;
        this.#phase = event.phase;
        return;
      case 'text-start':
        this.#inMessage().push({ type: 'output_text', text: '', annotations: [] });
        return;
      case 'refusal-start':
        this.#inMessage().push({ type: 'refusal', refusal: '' });
        return;
      case 'text-delta':
        return this.#extend('text', event.text);
      case 'refusal-delta':
        return this.#extend('refusal', event.text);
      case 'reasoning-start':
        this.#reasoning = { summary: [], content: [] };
        return;
      case 'reasoning-delta':
        return this.#addThought(event);
      case 'reasoning-end':
        return this.#endReasoning(event);
      case 'tool-call-start': {
        const item = { type: 'function_call', call_id: event.callId, name: event.name };
        this.#calls.set(event.callId, { item, text: '' });
        return;
      }
      case 'tool-call-delta': {
        const call = this.#calls.get(event.callId);
        if (call) call.text += event.arguments;
        return;
      }
      case 'tool-call-end': {
        const call = this.#calls.get(event.callId);
        if (call) this.#push({ ...call.item, arguments: call.text });
        return;
      }
      case 'tool-result': {
        const { callId, output } = event;
        const content = typeof output === 'string' ? output : output.map(toInputPart);
        this.#push({ type: 'function_call_output', call_id: callId, output: content });
        return;
      }
      case 'item-end':
        this.#push(event.item);
        return;
      default:
    }
  }

  #inMessage(): Item[] {
    if (!this.#message) {
      const content: Item[] = [];
      const phase = this.#phase === undefined ? {} : { phase: this.#phase };
      this.#push({ type: 'message', role: 'assistant', content, ...phase });
      this.#message = content;
    }
    return this.#message;
  }

  #extend(field: 'text' | 'refusal', text: string): void {
    const part = this.#message?.at(-1);
    if (part) part[field] = `${part[field]}${text}`;
  }

  #addThought({ text, part }: Extract<AgentEvent, { type: 'reasoning-delta' }>): void {
    const list = this.#reasoning?.[part?.form === 'summary' ? 'summary' : 'content'];
    const index = part?.index ?? 0;
    if (list) list[index] = `${list[index] ?? ''}${text}`;
  }

  #endReasoning({ encrypted }: Extract<AgentEvent, { type: 'reasoning-end' }>): void {
    const { summary = [], content = [] } = this.#reasoning ?? {};
    this.#push({
      type: 'reasoning',
      summary: summary.map((text) => ({ type: 'summary_text', text })),
      ...(content.length > 0 ? { content: content.map((text) => ({ type: 'reasoning_text', text })) } : {}),
      ...(encrypted ? { agent_encrypted: encrypted } : {}),
    });
    this.#reasoning = undefined;
  }

  #push(item: Item): void {
    this.items.push(item);
    this.#message = undefined;
    this.#phase = undefined;
  }
}
