import type { Schemas } from '../contract/types.ts';
import { ApiError } from '../errors/api-error.ts';
import type { ChatChunk, ChatCompletion } from './chat-deps.ts';

type Message = Schemas['ChatCompletionMessage'];
type ToolCall = Extract<Schemas['ChatToolCall'], { type: 'function' }>;
type Logprobs = ChatCompletion['choices'][number]['logprobs'];

/** The plain reply: the fold of the very chunks a stream would have had. */
export async function foldChunks(chunks: AsyncIterable<readonly ChatChunk[]>): Promise<ChatCompletion> {
  const fold = new Fold();
  for await (const batch of chunks) for (const chunk of batch) fold.add(chunk);
  return fold.toCompletion();
}

class Fold {
  #last: ChatChunk | undefined;
  #content = '';
  #reasoning = '';
  #refusal = '';
  #calls: ToolCall[] = [];
  #logprobs: Logprobs = null;
  #finishReason: Schemas['ChatFinishReason'] = 'stop';

  add(chunk: ChatChunk): void {
    this.#last = chunk;
    const choice = chunk.choices[0];
    if (!choice) return;
    const { delta } = choice;
    this.#content += delta.content ?? '';
    this.#refusal += delta.refusal ?? '';
    this.#reasoning += delta.reasoning_content ?? '';
    for (const call of delta.tool_calls ?? []) this.#addCall(call);
    if (choice.logprobs) {
      const content = [...(this.#logprobs?.content ?? []), ...(choice.logprobs.content ?? [])];
      this.#logprobs = { content, refusal: null };
    }
    if (choice.finish_reason) this.#finishReason = choice.finish_reason;
  }

  #addCall(delta: Schemas['ChatToolCallDelta']): void {
    const call = this.#calls[delta.index];
    if (call) call.function.arguments += delta.function?.arguments ?? '';
    else {
      this.#calls[delta.index] = {
        id: delta.id ?? '',
        type: 'function',
        function: { name: delta.function?.name ?? '', arguments: delta.function?.arguments ?? '' },
      };
    }
  }

  toCompletion(): ChatCompletion {
    if (!this.#last?.usage) throw new ApiError('internal_error', 'The chat completion ended without a result.');
    const { id, created, model, usage } = this.#last;
    const choice = {
      index: 0,
      message: this.#toMessage(),
      logprobs: this.#logprobs,
      finish_reason: this.#finishReason,
    };
    return { id, object: 'chat.completion', created, model, choices: [choice], usage };
  }

  #toMessage(): Message {
    return {
      role: 'assistant',
      content: this.#content === '' && (this.#calls.length > 0 || this.#refusal !== '') ? null : this.#content,
      refusal: this.#refusal || null,
      annotations: [],
      ...(this.#reasoning ? { reasoning_content: this.#reasoning } : {}),
      ...(this.#calls.length > 0 ? { tool_calls: this.#calls } : {}),
    };
  }
}
