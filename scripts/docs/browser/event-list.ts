import { element, lazyDetails } from './element.ts';
import { createSseReader, type SseEvent } from './read-sse.ts';
import { readSaid } from './said.ts';

/** More would make the page slow; the others are counted. */
const maxRows = 2000;

export interface EventList {
  node: HTMLElement;
  count(): number;
  /** Takes text of the stream as it comes. `note` is shown beside the events that it completes. */
  add(piece: string, note?: string): void;
}

/** A stream for people: what was said so far, and every event in its place, each to be opened. */
export function createEventList(): EventList {
  const said = element('div', { class: 'said' });
  const rows = element('ol', { class: 'events' });
  const texts = new Map<string, HTMLElement>();
  let count = 0;
  let note = '';
  const read = createSseReader((event) => {
    if (count < maxRows) rows.append(toRow(event, count, note));
    count += 1;
    for (const { key, kind, piece } of readSaid(event.data)) {
      const text = texts.get(key) ?? element('p', { class: 'said-text', 'data-kind': kind });
      if (!texts.has(key)) said.append(text);
      texts.set(key, text);
      text.append(piece);
    }
  });
  return {
    node: element('div', { class: 'stream' }, said, rows),
    count: () => count,
    add: (piece, at = '') => {
      note = at;
      read(piece);
    },
  };
}

function toRow({ event, data }: SseEvent, index: number, note: string): HTMLElement {
  const name = event ?? (data === '[DONE]' ? '[DONE]' : 'data');
  const brief = readSaid(data)
    .map(({ piece }) => JSON.stringify(piece))
    .join(' ');
  const summary = [
    element('span', { class: 'number' }, `${index}`),
    element('code', {}, name),
    element('span', { class: 'brief' }, brief),
    element('span', { class: 'note' }, note),
  ];
  if (data === '[DONE]') return element('li', { class: 'last' }, ...summary);
  return element(
    'li',
    {},
    lazyDetails(summary, () => [toCode(JSON.stringify(JSON.parse(data), undefined, 2))]),
  );
}

/** Text to read and scroll, by keyboard too. */
export function toCode(text: string): HTMLElement {
  return element('pre', { class: 'code', tabindex: '0' }, text);
}
