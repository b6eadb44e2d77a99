/** The text of Responses resources and events, without anything optional. */

export interface Usage {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
}

export interface Answer {
  text: string;
  usage: Usage | undefined;
}

export interface Head {
  id: string;
  model: string;
}

/** Each response has one message. */
const toItemId = ({ id }: Head): string => `msg_${id}`;

/** Writes the events of one response. */
export class ResponseEvents {
  readonly #head: Head;
  readonly #place: object;
  #number = 0;

  constructor(head: Head) {
    this.#head = head;
    this.#place = { item_id: toItemId(head), output_index: 0, content_index: 0 };
  }

  open(): string {
    const created = { response: toResource(this.#head, 'in_progress') };
    return (
      this.#toEvent('response.created', created) +
      this.#toEvent('response.in_progress', created) +
      this.#toEvent('response.output_item.added', { output_index: 0, item: toMessage(this.#head, 'in_progress', []) }) +
      this.#toEvent('response.content_part.added', { ...this.#place, part: toPart('') })
    );
  }

  delta(delta: string): string {
    return this.#toEvent('response.output_text.delta', { ...this.#place, delta });
  }

  close(text: string, response: object): string {
    const part = toPart(text);
    return (
      this.#toEvent('response.output_text.done', { ...this.#place, text }) +
      this.#toEvent('response.content_part.done', { ...this.#place, part }) +
      this.#toEvent('response.output_item.done', {
        output_index: 0,
        item: toMessage(this.#head, 'completed', [part]),
      }) +
      this.#toEvent('response.completed', { response })
    );
  }

  #toEvent(type: string, fields: object): string {
    return `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: this.#number++, ...fields })}\n\n`;
  }
}

export function toResource(head: Head, status: string, answer?: Answer): object {
  const { id, model } = head;
  const output = answer ? [toMessage(head, status, [toPart(answer.text)])] : [];
  const created_at = Math.floor(Date.now() / 1000);
  return { id, object: 'response', created_at, status, model, output, usage: toUsage(answer?.usage) };
}

function toUsage(usage: Usage | undefined): object | null {
  if (!usage) return null;
  const { prompt_tokens, completion_tokens, total_tokens } = usage;
  return { input_tokens: prompt_tokens, output_tokens: completion_tokens, total_tokens };
}

function toMessage(head: Head, status: string, content: object[]): object {
  return { type: 'message', id: toItemId(head), status, role: 'assistant', content };
}

function toPart(text: string): object {
  return { type: 'output_text', text, annotations: [] };
}
