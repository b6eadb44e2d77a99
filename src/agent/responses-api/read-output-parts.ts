import { isObject } from '../../json/is-object.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { AgentPart } from '../agent-client.ts';
import { type Fields, toStringOf } from '../fields.ts';

/** Returns the output of a tool as text or parts. Anything else becomes its JSON text. */
export function readOutput(output: unknown): string | AgentPart[] {
  if (typeof output === 'string') return output;
  if (!Array.isArray(output)) return output === undefined || output === null ? '' : JSON.stringify(output);
  return output.map(readPart);
}

function readPart(part: unknown): AgentPart {
  if (!isObject(part)) return { type: 'text', text: typeof part === 'string' ? part : JSON.stringify(part) };
  const image = part['type'] === 'input_image' ? readImage(part) : undefined;
  const found = image ?? (part['type'] === 'input_file' ? readFile(part) : undefined);
  if (found) return found;
  return { type: 'text', text: typeof part['text'] === 'string' ? part['text'] : JSON.stringify(part) };
}

const details = ['auto', 'low', 'high', 'original'] as const;

function readImage({ image_url: image, detail }: Fields): AgentPart | undefined {
  // Some servers nest the URL, as Chat Completions does.
  const url = toStringOf(isObject(image) ? image['url'] : image);
  if (url === '') return undefined;
  return { type: 'image', url, ...omitUndefined({ detail: details.find((known) => known === detail) }) };
}

function readFile({ filename, file_data: data, file_url: url }: Fields): AgentPart | undefined {
  const file = { filename: toStringOf(filename), data: toStringOf(data), url: toStringOf(url) };
  if (file.data === '' && file.url === '') return undefined;
  return { type: 'file', ...omitUndefined(toPresent(file)) };
}

/** Returns the texts that are not empty. */
const toPresent = ({ filename, data, url }: { filename: string; data: string; url: string }) => ({
  filename: filename || undefined,
  data: data || undefined,
  url: url || undefined,
});
