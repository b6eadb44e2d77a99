import { hasLongDigits, parseExact } from '../../json/exact-numbers.ts';
import { isObject } from '../../json/is-object.ts';
import { parseObject } from '../upstream/parse-object.ts';
import type { ChatChunk } from './chat-chunk.ts';

/**
 * Parses a chunk or a completion. Numbers in arguments that are an object keep all their digits. Each field is checked
 * where it is read. Throws `upstream_error` for text that is not a JSON object.
 */
export function parseChunk(text: string): ChatChunk {
  const chunk: ChatChunk = parseObject(text);
  return hasObjectArguments(chunk) && hasLongDigits(text) ? (parseExact(text) as ChatChunk) : chunk;
}

function hasObjectArguments({ choices }: ChatChunk): boolean {
  if (!Array.isArray(choices)) return false;
  for (const choice of choices) {
    const calls = choice?.delta?.tool_calls ?? choice?.message?.tool_calls;
    if (Array.isArray(calls) && calls.some((call) => isObject((call?.function ?? call)?.arguments))) return true;
  }
  return false;
}
