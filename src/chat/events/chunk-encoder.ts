import type { ChatChunk } from '../chat-deps.ts';

type Choice = ChatChunk['choices'][number];

/**
 * Writes the JSON texts of the chunks of one completion, as `JSON.stringify` does. Nearly all chunks only add text:
 * their common text is written once.
 */
export class ChunkEncoder {
  /** The text of a chunk up to its choices, which is the same for all. */
  #head: string | undefined;

  encode(chunk: ChatChunk): string {
    const [choice, ...others] = chunk.choices;
    if (!choice || others.length > 0 || !addsOnlyText(choice)) return JSON.stringify(chunk);
    this.#head ??= JSON.stringify({ ...chunk, choices: [] }).slice(0, -']}'.length);
    const { index, delta } = choice;
    const content = JSON.stringify(delta.content);
    return `${this.#head}{"index":${index},"delta":{"content":${content}},"logprobs":null,"finish_reason":null}]}`;
  }
}

function addsOnlyText({ delta, logprobs, finish_reason: reason }: Choice): boolean {
  if (logprobs !== null || reason !== null || typeof delta.content !== 'string') return false;
  for (const field in delta) if (field !== 'content') return false;
  return true;
}
