import type { Schemas } from '../contract/types.ts';

type Choice = Schemas['ChatCompletionChoice'];
type CallDelta = Schemas['ChatToolCallDelta'];

/** One choice of a completion, as its chunks make it grow. */
export class ChoiceFold {
  readonly #index: number;
  #content = '';
  #reasoning = '';
  #refusal = '';
  readonly #calls: Schemas['ChatToolCall'][] = [];
  #logprobs: Choice['logprobs'] = null;
  #finishReason: Choice['finish_reason'] = 'stop';

  constructor(index: number) {
    this.#index = index;
  }

  add({ delta, logprobs, finish_reason: reason }: Schemas['ChatCompletionChunkChoice']): void {
    this.#content += delta.content ?? '';
    this.#refusal += delta.refusal ?? '';
    this.#reasoning += delta.reasoning_content ?? '';
    for (const call of delta.tool_calls ?? []) this.#addCall(call);
    if (logprobs) {
      const content = [...(this.#logprobs?.content ?? []), ...(logprobs.content ?? [])];
      this.#logprobs = { content, refusal: null };
    }
    if (reason) this.#finishReason = reason;
  }

  toChoice(): Choice {
    return {
      index: this.#index,
      message: this.#toMessage(),
      logprobs: this.#logprobs,
      finish_reason: this.#finishReason,
    };
  }

  #addCall(delta: CallDelta): void {
    const call = this.#calls[delta.index];
    if (!call) this.#calls[delta.index] = toCall(delta);
    else if (call.type === 'function') call.function.arguments += delta.function?.arguments ?? '';
    else call.custom.input += delta.custom?.input ?? '';
  }

  #toMessage(): Choice['message'] {
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

/** The first delta of a call has all of its fields. */
function toCall({ id = '', custom, function: definition }: CallDelta): Schemas['ChatToolCall'] {
  if (custom) return { id, type: 'custom', custom: { name: custom.name ?? '', input: custom.input ?? '' } };
  const { name = '', arguments: text = '' } = definition ?? {};
  return { id, type: 'function', function: { name, arguments: text } };
}
