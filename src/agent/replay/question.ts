import { createHash } from 'node:crypto';
import { redactedMark } from '../../recording/recording.ts';
import type { Asked, Turn } from './asked.ts';

/** A recorded question, as it is looked for. A history is kept as its digest: each turn of a chain would hold it again. */
export interface Question {
  model: string | undefined;
  /** A digest; where secrets were taken out, the texts between them. */
  key: string | string[];
  /** The last message of the user's. */
  lastUserText: string;
  /** Who spoke last: the one who asked, or a tool. */
  lastRole: Turn['role'] | undefined;
}

/** A new question. */
export interface Search extends Question {
  /** All of it. */
  text: string;
  turns: number;
  tools: number;
}

export function toQuestion(asked: Asked): Question {
  const text = toText(asked);
  return { ...toHead(asked), key: text.includes(redactedMark) ? text.split(redactedMark) : toDigest(text) };
}

export function toSearch(asked: Asked): Search {
  const text = toText(asked);
  return { ...toHead(asked), key: toDigest(text), text, turns: asked.turns.length, tools: asked.tools.length };
}

/** What was taken out of the recording may have been anything. */
export function isSameQuestion({ model, key }: Question, search: Search): boolean {
  if (model !== undefined && search.model !== undefined && model !== search.model) return false;
  return typeof key === 'string' ? key === search.key : hasPieces(search.text, key);
}

export function isSameLastTurn({ lastUserText }: Question, search: Search): boolean {
  return hasPieces(search.lastUserText, lastUserText.split(redactedMark));
}

function toHead({ model, turns }: Asked): Omit<Question, 'key'> {
  const last = turns.findLast(({ role }) => role === 'user');
  const lastUserText = last ? [last.text, ...last.attachments].join('\n') : '';
  return { model, lastUserText, lastRole: turns.at(-1)?.role };
}

function toText({ system, turns, tools }: Asked): string {
  const said = turns.map(({ role, text, attachments, calls }) => [role, text, attachments, calls]);
  return JSON.stringify([system, said, tools]);
}

const toDigest = (text: string): string => createHash('sha256').update(text).digest('base64');

/** Is the text these pieces with anything between them? */
function hasPieces(text: string, [first = '', ...rest]: readonly string[]): boolean {
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let from = first.length;
  for (const piece of rest) {
    const at = text.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return from <= text.length - last.length;
}
