import { isObject } from '../../json/is-object.ts';
import type { BlockWriter } from './block-writer.ts';
import { toObjects } from './to-objects.ts';

/** Adds content that comes in parts: text, thinking and sources from Mistral's models, text from others. */
export function addParts(out: BlockWriter, content: unknown): void {
  for (const part of isObject(content) ? [content] : toObjects(content)) addPart(out, part);
}

function addPart(out: BlockWriter, part: Record<string, unknown>): void {
  const { type, text, url } = part;
  if (type === 'thinking' || type === 'reasoning')
    return addThoughts(out, part['thinking'] ?? part['reasoning'] ?? text);
  if (type === 'refusal') return out.add('refusal', part['refusal']);
  if (typeof url === 'string') return out.sources.addPages([part]);
  out.addContent(text);
}

/** Adds thoughts: a text, or a list of text parts. */
function addThoughts(out: BlockWriter, thoughts: unknown): void {
  if (typeof thoughts === 'string') out.addReasoning(thoughts);
  else for (const thought of toObjects(thoughts)) out.addReasoning(thought['text']);
}
