import type { LastTurn } from './last-turn.ts';
import { offlineLimits } from './offline-limits.ts';

/** Returns the answer to a message without a script: what this agent is, and what it received. */
export function plainReply(turn: LastTurn): string {
  const introduction = "This is Talaria's offline agent: no model is running.";
  return [introduction, `Turn ${turn.turn}.`, ...describeText(turn), ...describeAttachments(turn)].join(' ');
}

function describeText({ results, text }: LastTurn): string[] {
  if (results.length > 0) return results.map(({ name, output }) => `${name} returned: ${shorten(output)}`);
  return [text.trim() === '' ? 'You sent no text.' : `You said: ${shorten(text.trim())}`];
}

function describeAttachments({ images, files }: LastTurn): string[] {
  const attached = [...amount(images, 'image'), ...amount(files, 'file')];
  return attached.length === 0 ? [] : [`I was given ${attached.join(' and ')}.`];
}

function amount(count: number, noun: string): string[] {
  if (count === 0) return [];
  return [`${count} ${noun}${count === 1 ? '' : 's'}`];
}

/** Cuts a quote at the limit, never inside a character. */
export function shorten(text: string): string {
  if (text.length <= offlineLimits.quoteCharacters) return text;
  return `${text.slice(0, offlineLimits.quoteCharacters).replace(/[\ud800-\udbff]$/, '')}…`;
}
