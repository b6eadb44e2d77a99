import type { Schemas } from '../contract/types.ts';
import { dropAbsent } from '../drop-absent.ts';

type Part = Schemas['InputContentPart'] | Schemas['ToolOutputPartInput'] | string;

/** Who wrote the content: text of the model's is `output_text`, all other text `input_text`. */
export type Author = 'model' | 'client';

/** Content in its full form: a list of parts, each with every field that a reader may count on. */
export function toStoredParts(content: string | readonly Part[], author: Author): Record<string, unknown>[] {
  return (typeof content === 'string' ? [content] : content).map((part) => toStoredPart(part, author));
}

function toStoredPart(part: Part, author: Author): Record<string, unknown> {
  if (typeof part === 'string') return toText({ text: part }, author);
  switch (part.type) {
    case 'input_text':
    case 'output_text':
    case 'text':
      return toText(part, author);
    case 'input_image':
      return { ...dropAbsent(part), image_url: part.image_url ?? null, detail: part.detail ?? 'auto' };
    default:
      return dropAbsent(part);
  }
}

type TextPart = { text: string; annotations?: unknown[] | null; logprobs?: unknown[] | null };

function toText({ text, annotations, logprobs }: TextPart, author: Author): Record<string, unknown> {
  if (author === 'client') return { type: 'input_text', text };
  return { type: 'output_text', text, annotations: annotations ?? [], logprobs: logprobs ?? [] };
}
