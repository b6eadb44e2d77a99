import type { ResponseEvent } from '../responses-deps.ts';
import type { EventOf } from './event-sink.ts';

type TextDelta = EventOf<'response.output_text.delta'>;

/**
 * Writes the JSON texts of the events of one response, as `JSON.stringify` does. Nearly all events are deltas of one
 * part: their common text is written once.
 */
export class EventEncoder {
  #itemId: string | undefined;
  #part = 0;
  /** The text of such a delta between its number and its text. */
  #location = '';

  encode(event: ResponseEvent): string {
    if (event.type !== 'response.output_text.delta' || event.logprobs.length > 0) return JSON.stringify(event);
    if (event.item_id !== this.#itemId || event.content_index !== this.#part) this.#enter(event);
    const { sequence_number: number, delta } = event;
    const head = `{"type":"response.output_text.delta","sequence_number":${number},`;
    return `${head}${this.#location}${JSON.stringify(delta)},"logprobs":[]}`;
  }

  #enter({ item_id, output_index, content_index }: TextDelta): void {
    this.#itemId = item_id;
    this.#part = content_index;
    this.#location = `${JSON.stringify({ item_id, output_index, content_index }).slice(1, -1)},"delta":`;
  }
}
