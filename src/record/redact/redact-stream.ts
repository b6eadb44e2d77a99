import { isObject } from '../../json/is-object.ts';
import { type RecordedEvent, type RecordedRead, redactedMark } from '../../recording/recording.ts';
import type { Redactor } from './redact.ts';

/** A string within an event that is part of a longer text. */
interface Piece {
  text: string;
  write(text: string): void;
}

/**
 * Redacts secrets in the events of a stream, including secrets split across deltas. If any was found, also removes the log
 * probabilities, because they repeat the text.
 */
export function redactStream(reads: readonly RecordedRead[], redactor: Redactor): RecordedRead[] {
  const before = redactor.count;
  const copy = structuredClone(reads);
  // Before single events: redacting a piece that looks like a whole secret would hide the rest of it.
  for (const strand of collectStrands(copy.flatMap((read) => read.events))) redactStrand(strand, redactor);
  const clean = copy.map(({ ms, events }) => ({ ms, events: events.map((event) => redactEvent(event, redactor)) }));
  if (redactor.count > before) for (const { json } of clean.flatMap((read) => read.events)) dropLogprobs(json);
  return clean;
}

function redactEvent(event: RecordedEvent, redactor: Redactor): RecordedEvent {
  return {
    ...event,
    ...(event.json === undefined ? {} : { json: redactor.value(event.json) }),
    ...(event.text === undefined ? {} : { text: redactor.text(event.text) }),
  };
}

/** Groups the deltas that form one text, in order. */
function collectStrands(events: readonly RecordedEvent[]): Piece[][] {
  const strands = new Map<string, Piece[]>();
  for (const { json } of events) {
    if (!isObject(json)) continue;
    const { type, item_id, output_index, content_index, summary_index } = json;
    const root = [type, item_id, output_index, content_index, summary_index].join(' ');
    collectPieces(json, root, (key, piece) => {
      const strand = strands.get(key);
      if (strand) strand.push(piece);
      else strands.set(key, [piece]);
    });
  }
  return [...strands.values()].filter((strand) => strand.length > 1);
}

function collectPieces(value: unknown, path: string, add: (key: string, piece: Piece) => void): void {
  if (Array.isArray(value)) {
    value.forEach((item, position) => {
      // Choices and calls carry their own index: a chunk contains only the changed ones.
      const index = isObject(item) && typeof item['index'] === 'number' ? item['index'] : position;
      collectPieces(item, `${path}[${index}]`, add);
    });
  } else if (isObject(value)) {
    for (const [name, child] of Object.entries(value)) {
      const key = `${path}.${name}`;
      if (typeof child !== 'string') collectPieces(child, key, add);
      else if (key.includes('.delta')) {
        add(key, {
          text: child,
          write: (text) => {
            value[name] = text;
          },
        });
      }
    }
  }
}

/** Replaces the first piece of a secret with the mark, and removes the others. */
function redactStrand(strand: readonly Piece[], redactor: Redactor): void {
  for (const [start, end] of redactor.find(strand.map(({ text }) => text).join('')).reverse()) {
    redactor.count += 1;
    let offset = 0;
    for (const piece of strand) {
      const { length } = piece.text;
      const from = Math.max(start - offset, 0);
      const to = Math.min(end - offset, length);
      offset += length;
      if (from >= to) continue;
      const isFirst = offset - length + from === start;
      piece.text = piece.text.slice(0, from) + (isFirst ? redactedMark : '') + piece.text.slice(to);
      piece.write(piece.text);
    }
  }
}

function dropLogprobs(value: unknown): void {
  if (Array.isArray(value)) value.forEach(dropLogprobs);
  if (!isObject(value)) return;
  for (const [name, child] of Object.entries(value)) {
    if (name === 'logprobs') value[name] = Array.isArray(child) ? [] : null;
    else dropLogprobs(child);
  }
}

/** Redacts a JSON body in the same way. */
export function redactBody(json: unknown, redactor: Redactor): unknown {
  const before = redactor.count;
  const copy = redactor.value(json);
  if (redactor.count > before) dropLogprobs(copy);
  return copy;
}
