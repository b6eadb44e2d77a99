import { element, lazyDetails } from "./element.js";
import { createSseReader } from "./read-sse.js";
import { readSaid } from "./said.js";
const maxRows = 2000;
export function createEventList() {
    const said = element('div', { class: 'said' });
    const rows = element('ol', { class: 'events' });
    const texts = new Map();
    let count = 0;
    let note = '';
    const read = createSseReader((event) => {
        if (count < maxRows)
            rows.append(toRow(event, count, note));
        count += 1;
        for (const { key, kind, piece } of readSaid(event.data)) {
            const text = texts.get(key) ?? element('p', { class: 'said-text', 'data-kind': kind });
            if (!texts.has(key))
                said.append(text);
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
function toRow({ event, data }, index, note) {
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
    if (data === '[DONE]')
        return element('li', { class: 'last' }, ...summary);
    return element('li', {}, lazyDetails(summary, () => [toCode(JSON.stringify(JSON.parse(data), undefined, 2))]));
}
export function toCode(text) {
    return element('pre', { class: 'code', tabindex: '0' }, text);
}
