import type { AgentPart } from '../agent/agent-client.ts';
import type { Schemas } from '../contract/types.ts';
import { ApiError } from '../errors/api-error.ts';
import { omitUndefined } from '../json/omit-undefined.ts';
import { checkUrl } from './check-url.ts';

type Part = Schemas['InputContentPart'];
/** Some clients send plain strings in place of parts. */
export type ItemContent = string | readonly (Part | string)[];

/**
 * Translates content for the agent. Throws an ApiError for an unsupported part. `param` is the path:
 * `input[0].content`.
 */
export function toAgentParts(content: ItemContent, param: string): AgentPart[] {
  if (typeof content === 'string') return content ? [{ type: 'text', text: content }] : [];
  return content.flatMap((part, index) => toAgentPart(part, `${param}[${index}]`) ?? []);
}

function toAgentPart(part: Part | string, param: string): AgentPart | undefined {
  if (typeof part === 'string') return part ? { type: 'text', text: part } : undefined;
  switch (part.type) {
    case 'input_text':
    case 'output_text':
    case 'text':
      return part.text ? { type: 'text', text: part.text } : undefined;
    case 'input_image':
      return toImage(part, param);
    case 'input_file':
      return toFile(part, param);
    case 'refusal':
      return undefined;
    default:
      throw unsupported(`Content of type '${part.type}' is not supported by the agent.`, param);
  }
}

function toImage(part: Schemas['InputImage'], param: string): AgentPart {
  if (!part.image_url) throw unsupported("An image requires 'image_url': this server stores no files.", param);
  checkUrl(part.image_url, 'image', `${param}.image_url`);
  return { type: 'image', url: part.image_url, ...omitUndefined({ detail: part.detail }) };
}

function toFile(part: Schemas['InputFile'], param: string): AgentPart {
  if (!part.file_data && !part.file_url) {
    throw unsupported("A file requires 'file_data' or 'file_url': this server stores no files.", param);
  }
  if (part.file_url) checkUrl(part.file_url, 'file', `${param}.file_url`);
  return { type: 'file', ...omitUndefined({ filename: part.filename, data: part.file_data, url: part.file_url }) };
}

function unsupported(message: string, param: string): ApiError {
  return new ApiError('unsupported_value', message, { param });
}

/** Returns the text of the content, with parts joined by line breaks. */
export function toText(content: ItemContent): string {
  if (typeof content === 'string') return content;
  return content.flatMap((part) => (typeof part === 'string' ? [part] : 'text' in part ? [part.text] : [])).join('\n');
}
