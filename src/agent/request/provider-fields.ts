import { isObject } from '../../json/is-object.ts';

/**
 * Opaque fields of a call that only its provider understands: Gemini's signatures directly and through gateways
 * (`extra_content`, `thought_signature`), and LiteLLM's own field.
 */
export const callProviderFields = [
  'extra_content',
  'thought_signature',
  'signature',
  'provider_specific_fields',
] as const;

/** The same of a message; OpenRouter's `reasoning_details`, LiteLLM's `thinking_blocks`, Copilot's `reasoning_opaque`. */
export const messageProviderFields = [
  'reasoning_details',
  'thinking_blocks',
  'reasoning_opaque',
  'extra_content',
  'thought_signature',
  'provider_specific_fields',
] as const;

export type CallProviderField = (typeof callProviderFields)[number];
export type MessageProviderField = (typeof messageProviderFields)[number];

/** Returns the named fields that have a value, `undefined` when none has. */
export function pickProviderFields<Name extends string>(
  source: object,
  names: readonly Name[],
): { [Field in Name]?: unknown } | undefined {
  let picked: { [Field in Name]?: unknown } | undefined;
  for (const name of names) {
    const value = (source as Record<string, unknown>)[name];
    if (value === undefined || value === null || value === '') continue;
    picked ??= {};
    picked[name] = value;
  }
  return picked;
}

/**
 * Adds the pieces of provider data to what came before: lists are joined, objects merged and other values replaced, as
 * providers stream them.
 */
export function mergeProviderFields(target: Record<string, unknown>, pieces: Record<string, unknown>): void {
  for (const [name, piece] of Object.entries(pieces)) {
    const earlier = target[name];
    if (Array.isArray(earlier) && Array.isArray(piece)) for (const entry of piece) addEntry(earlier, entry);
    else if (Array.isArray(piece)) target[name] = [...piece];
    else if (isObject(earlier) && isObject(piece)) target[name] = { ...earlier, ...piece };
    else target[name] = piece;
  }
}

/** The fields of an entry that are streamed in pieces. */
const streamedTexts = ['text', 'summary', 'data', 'thinking'] as const;

/** Continues the last entry with a piece of the same `type` and `index`, as OpenRouter streams them. */
function addEntry(entries: unknown[], entry: unknown): void {
  const last = entries.at(-1);
  const continues =
    isObject(last) &&
    isObject(entry) &&
    typeof entry['index'] === 'number' &&
    entry['index'] === last['index'] &&
    entry['type'] === last['type'];
  if (!continues) {
    entries.push(entry);
    return;
  }
  const joined: Record<string, unknown> = { ...last };
  for (const [name, value] of Object.entries(entry)) {
    const isText = streamedTexts.some((text) => text === name);
    if (value === null || value === undefined) continue;
    joined[name] = isText && typeof value === 'string' && typeof last[name] === 'string' ? last[name] + value : value;
  }
  entries[entries.length - 1] = joined;
}
