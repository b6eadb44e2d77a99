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
      return readDataImage(part);
    case 'input_file':
      return { kind: 'file', file: pickFile(part) };
    case 'file':
      return isObject(part['file']) ? { kind: 'file', file: pickFile(part['file']) } : undefined;
    default:
      return undefined;
  }
}

const thoughtTypes: readonly unknown[] = ['thinking', 'redacted_thinking', 'reasoning'];

/** Whether a content part has the thoughts of another server's model. They are not text of the message. */
export const isThought = (part: unknown): boolean => isObject(part) && thoughtTypes.includes(part['type']);

/** The URL is a string, in an object or beside the type. */
function readImage({ image_url: image, url, detail, file_id }: Fields): CommonPart | undefined {
  const { url: own, detail: ownDetail } = isObject(image) ? image : { url: image };
  const found = own ?? url;
  if (typeof found !== 'string' || file_id) return undefined;
  return { kind: 'image', url: found, ...omitUndefined({ detail: ownDetail || detail || undefined }) };
}

/** An image as MCP tools return it, or as in Anthropic's API. */
function readDataImage({ data, mimeType, source }: Fields): CommonPart | undefined {
  if (isObject(source)) {
    const { url, data: bytes, media_type } = source;
    return typeof url === 'string' ? { kind: 'image', url } : readDataImage({ data: bytes, mimeType: media_type });
  }
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
  return output.some((part) => isObject(part) && typeof part['type'] === 'string') ? output : toJsonText(output, '');
}
