import {
  callProviderFields,
  type MessageProviderField,
  mergeProviderFields,
  messageProviderFields,
  pickProviderFields,
} from '../../agent/request/provider-fields.ts';
import type { Schemas } from '../../contract/types.ts';

type Choice = Schemas['ChatCompletionChoice'];
type Delta = Schemas['ChatCompletionDelta'];
type CallDelta = Schemas['ChatToolCallDelta'];

type FoldedField = Exclude<keyof Delta, MessageProviderField>;

/** An entry for each field of a delta: a field that the contract adds does not compile until it is folded. */
type Draft = {
  [Field in FoldedField]-?: Field extends 'tool_calls'
    ? Schemas['ChatToolCall'][]
    : Field extends 'annotations'
      ? Schemas['ChatAnnotation'][]
      : string;
};

/** Folds the chunks of one choice. */
export class ChoiceFold {
  readonly #index: number;
  readonly #draft: Draft = {
    ...{ role: 'assistant', content: '', refusal: '', reasoning_content: '' },
    ...{ annotations: [], tool_calls: [] },
  };
  readonly #provider: { [Field in MessageProviderField]?: unknown } = {};
  #logprobs: Choice['logprobs'] = null;
  #finishReason: Choice['finish_reason'] = 'stop';

  constructor(index: number) {
    this.#index = index;
  }

  add({ delta, logprobs, finish_reason: reason }: Schemas['ChatCompletionChunkChoice']): void {
    this.#draft.content += delta.content ?? '';
    this.#draft.refusal += delta.refusal ?? '';
    this.#draft.reasoning_content += delta.reasoning_content ?? '';
    for (const call of delta.tool_calls ?? []) this.#addCall(call);
    for (const annotation of delta.annotations ?? []) this.#draft.annotations.push(annotation);
    const provider = pickProviderFields(delta, messageProviderFields);
    if (provider) mergeProviderFields(this.#provider, provider);
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
    const { tool_calls: calls } = this.#draft;
    const call = calls[delta.index];
    const provider = pickProviderFields(delta, callProviderFields);
    if (!call) calls[delta.index] = { ...toCall(delta), ...provider };
    else if (provider) Object.assign(call, provider);
    else if (call.type === 'function') call.function.arguments += delta.function?.arguments ?? '';
    else call.custom.input += delta.custom?.input ?? '';
  }

  #toMessage(): Choice['message'] {
    const { content, refusal, reasoning_content, annotations, tool_calls } = this.#draft;
    return {
      role: 'assistant',
      content: content === '' && (tool_calls.length > 0 || refusal !== '') ? null : content,
      refusal: refusal || null,
      annotations,
      ...this.#provider,
      ...(reasoning_content ? { reasoning_content } : {}),
      ...(tool_calls.length > 0 ? { tool_calls } : {}),
    };
  }
}

/** The first delta of a call has all of its fields. */
function toCall({ id = '', custom, function: definition }: CallDelta): Schemas['ChatToolCall'] {
  if (custom) return { id, type: 'custom', custom: { name: custom.name ?? '', input: custom.input ?? '' } };
  const { name = '', arguments: text = '' } = definition ?? {};
  return { id, type: 'function', function: { name, arguments: text } };
}
