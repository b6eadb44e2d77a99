import { omitUndefined } from '../../json/omit-undefined.ts';
import type { AgentEvent, AgentMessage, AgentToolCall, ProviderData } from '../agent-client.ts';
import type { ItemProviderData } from '../agent-message.ts';
import { mergeProviderFields } from '../request/provider-fields.ts';

type Assistant = Extract<AgentMessage, { role: 'assistant' }>;
type ToolMessage = Extract<AgentMessage, { role: 'tool' }>;

/** Collects one reply of the model as messages for the next request. */
export class ReplyCollector {
  readonly #calls = new Map<string, AgentToolCall & { isWhole: boolean }>();
  readonly results: ToolMessage[] = [];
  readonly #provider: Record<string, unknown> = {};
  #providerAgent: string | undefined;
  #text = '';
  #reasoning = '';
  #refusal = '';

  add(event: AgentEvent): void {
    switch (event.type) {
      case 'text-delta':
        this.#text += event.text;
        return;
      case 'reasoning-delta':
        this.#reasoning += event.text;
        return;
      case 'refusal-delta':
        this.#refusal += event.text;
        return;
      case 'tool-call-start':
        this.#calls.set(event.callId, { callId: event.callId, name: event.name, arguments: '', isWhole: false });
        return;
      case 'tool-call-delta':
        this.#update(event.callId, (call) => {
          call.arguments += event.arguments;
        });
        return;
      case 'tool-call-end':
        this.#update(event.callId, (call) => {
          call.isWhole = true;
        });
        return;
      case 'tool-result': {
        const { callId, output } = event;
        const content = typeof output === 'string' ? [{ type: 'text' as const, text: output }] : output;
        this.results.push({ role: 'tool', callId, content });
        return;
      }
      case 'provider-data':
        return this.#addProvider(event);
      default:
    }
  }

  /** Returns the arguments of a call that is whole. */
  argumentsOf(callId: string): string | undefined {
    const call = this.#calls.get(callId);
    return call?.isWhole ? call.arguments : undefined;
  }

  /** Returns the provider data of a call. The first call has that of the message, unless a text does. */
  providerOf(callId: string): ItemProviderData | undefined {
    const [first] = this.#calls.keys();
    const isSilent = this.#text === '' && this.#reasoning === '' && this.#refusal === '';
    const ofMessage = callId === first && isSilent && Object.keys(this.#provider).length > 0;
    const { provider } = this.#calls.get(callId) ?? {};
    if (!provider && !ofMessage) return undefined;
    const { agent, fields } = provider ?? this.#toProvider({});
    return {
      ...omitUndefined({ agent }),
      ...(provider ? { fields } : {}),
      ...(ofMessage ? { message_fields: this.#provider } : {}),
    };
  }

  get message(): Assistant {
    return {
      role: 'assistant',
      content: this.#text === '' ? [] : [{ type: 'text', text: this.#text }],
      ...(this.#reasoning === '' ? {} : { reasoning: this.#reasoning }),
      ...(this.#refusal === '' ? {} : { refusal: this.#refusal }),
      toolCalls: this.#calls
        .values()
        .filter(({ isWhole }) => isWhole)
        .map(({ isWhole, ...call }) => call)
        .toArray(),
      ...(Object.keys(this.#provider).length === 0 ? {} : { provider: this.#toProvider(this.#provider) }),
    };
  }

  /** The texts of the reply, to estimate its tokens. */
  get texts(): { answer: string[]; reasoning: string } {
    const calls = this.#calls.values().flatMap((call) => [call.name, call.arguments]);
    return { answer: [this.#text, this.#refusal, ...calls], reasoning: this.#reasoning };
  }

  #update(callId: string, change: (call: AgentToolCall & { isWhole: boolean }) => void): void {
    const call = this.#calls.get(callId);
    if (call) change(call);
  }

  #addProvider({ agent, callId, fields }: Extract<AgentEvent, { type: 'provider-data' }>): void {
    this.#providerAgent ??= agent;
    if (callId === undefined) return mergeProviderFields(this.#provider, fields);
    this.#update(callId, (call) => {
      call.provider ??= this.#toProvider({});
      mergeProviderFields(call.provider.fields, fields);
    });
  }

  #toProvider(fields: Record<string, unknown>): ProviderData {
    return { ...(this.#providerAgent === undefined ? {} : { agent: this.#providerAgent }), fields };
  }
}
