import { limits } from '../../config/limits.ts';
import { isObject } from '../../json/is-object.ts';
import type { AnswerEvent } from '../../run-observer.ts';

const max = limits.traceContentCharacters;

/** Returns the last messages that fit into an attribute, as GenAI's conventions write them: `[{ role, parts }]`. */
export function toInputMessages(messages: unknown): string {
  const texts: string[] = [];
  let characters = 0;
  for (const message of Array.isArray(messages) ? messages.toReversed() : []) {
    const text = toBoundedJson(toMessage(message));
    characters += text.length;
    if (characters > max && texts.length > 0) break;
    texts.unshift(text);
  }
  return `[${texts.join(',')}]`;
}

/** Returns JSON whose long texts are cut, and the whole too, which then is no JSON. */
export function toBoundedJson(value: unknown): string {
  const text = JSON.stringify(value, (_key, part) => (typeof part === 'string' ? cut(part) : part)) ?? '';
  return cut(text);
}

const cut = (text: string): string => (text.length > max ? `${text.slice(0, max)}…` : text);

function toMessage(message: unknown): object {
  if (!isObject(message)) return {};
  const { role, content, ...rest } = message;
  const parts = Array.isArray(content) ? content.map(toPart) : [];
  return { role, parts: [...parts, ...(Object.keys(rest).length > 0 ? [{ type: 'other', ...rest }] : [])] };
}

const toPart = (part: unknown): unknown =>
  isObject(part) && part['type'] === 'text' ? { type: 'text', content: part['text'] } : part;

/** Collects the text of an answer, up to the size of an attribute. */
export class AnswerText {
  #text = '';

  take(events: readonly AnswerEvent[]): void {
    for (const { type, text } of events) {
      if (type === 'text-delta' && typeof text === 'string' && this.#text.length < max) this.#text += text;
    }
  }

  /** Returns the answer as GenAI's conventions write it. */
  toMessages(reason: string | undefined): string {
    const parts = [{ type: 'text', content: cut(this.#text) }];
    return JSON.stringify([{ role: 'assistant', parts, finish_reason: reason ?? 'error' }]);
  }
}
