import type { Schemas } from '../contract/types.ts';
import { ApiError } from '../errors/api-error.ts';
import { omitUndefined } from '../json/omit-undefined.ts';

type Part = Schemas['InputContentPart'] | Schemas['ToolOutputPartInput'];

/** The author of the content. Text of the model is `output_text`, any other text `input_text`. */
export type Author = 'model' | 'client';

export interface ContentSource {
  author: Author;
  /** The path of the content, for errors: `input[0].content`. */
  param: string;
}

/**
 * Returns content in its full form: a list of parts with every field that the contract requires. Throws
 * `unsupported_value` for a part that this author cannot send.
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
  const reader = author === 'model' ? 'in a message of the assistant' : 'by the agent';
  throw new ApiError('unsupported_value', `Content of type '${part.type}' is not supported ${reader}.`, { param });
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
