import { createHash } from 'node:crypto';
import { redactedMark } from '../../recording/recording.ts';
import type { Asked, Turn } from './asked.ts';

/** A recorded question, for lookup. It holds a digest of its history, which every turn of a chain would repeat. */
export interface Question {
  model: string | undefined;
  /** A digest; for a question with redacted secrets, the texts between them. */
  key: string | string[];
  /** The text of the last user message. */
  lastUserText: string;
  /** The role of the last message. */
  lastRole: Turn['role'] | undefined;
  /** Whether it asks for a summary of the conversation. */
  compacts: boolean;
}

/** A new question. */
export interface Search extends Question {
  /** The whole question. */
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

/** Whether a search asks a recorded question. A redacted secret matches any text. */
export function isSameQuestion({ model, key, compacts }: Question, search: Search): boolean {
  if (compacts !== search.compacts) return false;
  if (model !== undefined && search.model !== undefined && model !== search.model) return false;
  return typeof key === 'string' ? key === search.key : hasPieces(search.text, key);
}

export function isSameLastTurn({ lastUserText, compacts }: Question, search: Search): boolean {
  return compacts === search.compacts && hasPieces(search.lastUserText, lastUserText.split(redactedMark));
}

function toHead({ model, turns, compacts = false }: Asked): Omit<Question, 'key'> {
  const last = turns.findLast(({ role }) => role === 'user');
  const lastUserText = last ? [last.text, ...last.attachments].join('\n') : '';
  return { model, lastUserText, lastRole: turns.at(-1)?.role, compacts };
}

function toText({ system, turns, tools }: Asked): string {
  const messages = turns.map(({ role, text, attachments, calls }) => [role, text, attachments, calls]);
  return JSON.stringify([system, messages, tools]);
}

const toDigest = (text: string): string => createHash('sha256').update(text).digest('base64');

/** Whether the text consists of these pieces, with any text between them. */
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
