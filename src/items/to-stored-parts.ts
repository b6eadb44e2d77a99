import type { Schemas } from '../contract/types.ts';
import { ApiError } from '../errors/api-error.ts';
import { omitUndefined } from '../json/omit-undefined.ts';

type Part = Schemas['InputContentPart'] | Schemas['ToolOutputPartInput'];

/** Who wrote the content: text of the model's is `output_text`, all other text `input_text`. */
export type Author = 'model' | 'client';

export interface ContentSource {
  author: Author;
  /** Names the content in errors: `input[0].content`. */
  param: string;
}

/**
 * Content in its full form: a list of parts, each with every field that a reader may count on. Throws
 * `unsupported_value` for a part that neither an agent nor a history can be given.
 */
export function toStoredParts(
  content: string | readonly (Part | string)[],
  { author, param }: ContentSource,
): Record<string, unknown>[] {
  const parts = typeof content === 'string' ? [content] : content;
  return parts.map((part, index) => toStoredPart(part, { author, param: `${param}[${index}]` }));
}

function toStoredPart(part: Part | string, { author, param }: ContentSource): Record<string, unknown> {
  if (typeof part === 'string') return toText({ text: part }, author);
  switch (part.type) {
    case 'input_text':
    case 'output_text':
    case 'text':
    case 'reasoning_text':
    case 'summary_text':
      return toText(part, author);
    case 'refusal':
      return author === 'model' ? omitUndefined(part) : toText({ text: part.refusal }, author);
    case 'input_image':
    case 'computer_screenshot':
      if (author === 'client') return toImage(part);
      break;
    case 'input_file':
      if (author === 'client') return omitUndefined(part);
      break;
    default:
  }
  const holder = author === 'model' ? 'a message of the assistant' : 'the agent';
  throw new ApiError('unsupported_value', `Content of type '${part.type}' can't be given to ${holder}.`, { param });
}

type TextPart = { text: string; annotations?: unknown[] | null; logprobs?: unknown[] | null };

function toText({ text, annotations, logprobs }: TextPart, author: Author): Record<string, unknown> {
  if (author === 'client') return { type: 'input_text', text };
  return { type: 'output_text', text, annotations: annotations ?? [], logprobs: logprobs ?? [] };
}

function toImage(part: Schemas['InputImage'] | Schemas['ComputerScreenshot']): Record<string, unknown> {
  const { image_url, detail } = part;
  return { ...omitUndefined(part), type: 'input_image', image_url: image_url ?? null, detail: detail ?? 'auto' };
}
