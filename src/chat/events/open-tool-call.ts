import type { CallProviderField } from '../../agent/request/provider-fields.ts';
import type { Schemas } from '../../contract/types.ts';
import { CustomInputReader } from '../../tools/custom-tool.ts';
import type { ClientTool } from '../../tools/tool-set.ts';

type CallDelta = Schemas['ChatToolCallDelta'];

export interface CallStart {
  /** The index of the call in its message. */
  index: number;
  callId: string;
  tool: ClientTool;
}

/** A tool call in progress. Each method returns the delta to send, `undefined` when there is none. */
export class OpenToolCall {
  readonly #call: CallStart;
  /** For a freeform tool: the agent writes the arguments of a function, the client reads the text in them. */
  readonly #reader: CustomInputReader | undefined;
  #ended = false;

  constructor(call: CallStart) {
    this.#call = call;
    if (call.tool.kind === 'custom') this.#reader = new CustomInputReader();
  }

  start(): CallDelta {
    const { index, callId: id, tool } = this.#call;
    if (tool.kind === 'custom') return { index, id, type: 'custom', custom: { name: tool.name, input: '' } };
    return { index, id, type: 'function', function: { name: tool.name, arguments: '' } };
  }

  add(text: string): CallDelta | undefined {
    if (this.#reader) return this.#toInput(this.#reader.read(text));
    return { index: this.#call.index, function: { arguments: text } };
  }

  addProviderFields(fields: { [Field in CallProviderField]?: unknown }): CallDelta {
    return { index: this.#call.index, ...fields };
  }

  /** Completes the call. Idempotent. */
  end(): CallDelta | undefined {
    if (this.#ended) return undefined;
    this.#ended = true;
    return this.#reader && this.#toInput(this.#reader.end());
  }

  #toInput(input: string): CallDelta | undefined {
    return input ? { index: this.#call.index, custom: { input } } : undefined;
  }
}
