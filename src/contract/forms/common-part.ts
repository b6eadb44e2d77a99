import { isObject } from '../../json/is-object.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { Fields } from './body-form.ts';
import { toJsonText } from './values.ts';

/** A content part of either API, or of an MCP tool. */
export type CommonPart =
  | { kind: 'text'; text: string }
  | { kind: 'image'; url: string; detail?: unknown }
  | { kind: 'file'; file: Fields };

/** Reads a content part in any form that clients send; `undefined` for any other value. */
export function readPart(part: unknown): CommonPart | undefined {
  if (typeof part === 'string') return { kind: 'text', text: part };
  if (!isObject(part)) return undefined;
  switch (part['type']) {
    case 'text':
    case 'input_text':
    case 'output_text':
      return typeof part['text'] === 'string' ? { kind: 'text', text: part['text'] } : undefined;
    case 'image_url':
    case 'input_image':
      return readImage(part);
    case 'image':
      return readMcpImage(part);
    case 'input_file':
      return { kind: 'file', file: pickFile(part) };
    case 'file':
      return isObject(part['file']) ? { kind: 'file', file: pickFile(part['file']) } : undefined;
    default:
      return undefined;
  }
}

/** The URL is a string or in an object with it. */
function readImage({ image_url: image, detail }: Fields): CommonPart | undefined {
  if (typeof image === 'string') return { kind: 'image', url: image, ...omitUndefined({ detail }) };
  if (!isObject(image) || typeof image['url'] !== 'string') return undefined;
  return { kind: 'image', url: image['url'], ...omitUndefined({ detail: image['detail'] ?? detail }) };
}

/** An image as MCP tools return it. */
function readMcpImage({ data, mimeType }: Fields): CommonPart | undefined {
  if (typeof data !== 'string' || typeof mimeType !== 'string') return undefined;
  return { kind: 'image', url: `data:${mimeType};base64,${data}` };
}

const pickFile = ({ filename, file_data, file_url, file_id }: Fields): Fields => ({
  ...omitUndefined({ filename, file_data, file_url, file_id }),
});

/**
 * Reads the output of a tool, which may be any JSON: a list of parts, by `toPart`, or text. A list with a part that
 * cannot be read stays, for an error that names it.
 */
export function readOutput(output: unknown, toPart: (part: CommonPart) => unknown): unknown {
  if (!Array.isArray(output)) return output === undefined ? output : toJsonText(output, '');
  const parts = output.map(readPart);
  if (parts.every((part) => part !== undefined)) return parts.map(toPart);
  return output.some((part) => isObject(part) && typeof part['type'] === 'string') ? output : JSON.stringify(output);
}
