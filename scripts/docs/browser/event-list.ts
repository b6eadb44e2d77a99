import { element, lazyDetails } from './element.ts';
import { listTextDeltas } from './list-text-deltas.ts';
import { createSseReader, type SseEvent } from './read-sse.ts';

/** More rows would slow down the page. Further events are only counted. */
const maxRows = 2000;

export interface EventList {
  node: HTMLElement;
  count(): number;
  /** Appends text of the stream. `note` is shown next to the events that it completes. */
  add(piece: string, note?: string): void;
}

/** Creates a view of a stream: the text so far, and a list of events that can be opened. */
export function createEventList(): EventList {
  const output = element('div', { class: 'output' });
  const rows = element('ol', { class: 'events' });
  const texts = new Map<string, HTMLElement>();
  let count = 0;
  let note = '';
  const read = createSseReader((event) => {
    if (count < maxRows) rows.append(toRow(event, count, note));
    count += 1;
    for (const { key, kind, piece } of listTextDeltas(event.data)) {
      const text = texts.get(key) ?? element('p', { class: 'output-text', 'data-kind': kind });
      if (!texts.has(key)) output.append(text);
      texts.set(key, text);
      text.append(piece);
    }
  });
  return {
    node: element('div', { class: 'stream' }, output, rows),
    count: () => count,
    add: (piece, at = '') => {
      note = at;
      read(piece);
    },
  };
}

function toRow({ event, data }: SseEvent, index: number, note: string): HTMLElement {
  const name = event ?? (data === '[DONE]' ? '[DONE]' : 'data');
  const brief = listTextDeltas(data)
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

/** Creates a code block that can be scrolled by keyboard. */
export function toCode(text: string): HTMLElement {
  return element('pre', { class: 'code', tabindex: '0' }, text);
}
