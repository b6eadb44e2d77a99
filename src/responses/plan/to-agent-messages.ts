import type { AgentMessage, AgentPart, AgentToolCall } from '../../agent/agent-client.ts';
import type { Schemas } from '../../contract/types.ts';
import { fromStoredItem } from '../../items/from-stored-item.ts';
import { isSuperseded, type KeptFields } from '../../items/kept-fields.ts';
import { type OpenSealed, openCompaction, readReasoning, tryOpenCompaction } from '../../items/open-sealed.ts';
import type { CompactedHistory } from '../../items/parse-compaction.ts';
import { type ItemContent, toAgentParts, toText } from '../../items/to-agent-parts.ts';
import type { StoredItem } from '../../store/stored-item.ts';
import { toFunctionCall, toFunctionResult } from '../../tools/client-run/client-run-kinds.ts';
import { toCustomArguments } from '../../tools/custom-tool.ts';
import { toFlatName } from '../../tools/flat-name.ts';
import type { InputItem } from '../responses-deps.ts';
import { addProviderData, type Provided, toProvider } from './add-provider-data.ts';
import { findCompaction } from './find-compaction.ts';
import { ApprovalRecord, toResult, type UsedAnswers } from './server-calls.ts';
import { toSummaryMessage } from './to-summary-message.ts';

type AssistantMessage = Extract<AgentMessage, { role: 'assistant' }>;
type ItemOf<Type> = Extract<InputItem, { type?: Type }>;

interface Call extends Provided {
  call_id: string;
  name: string;
  namespace?: string | null;
}

export interface AgentConversation {
  /** The text of every system and developer message, in order. */
  system: string[];
  messages: AgentMessage[];
  /** How many of them come from the history. */
  pastMessages: number;
}

export interface ItemSources {
  history: StoredItem[];
  input: StoredItem[];
  open: OpenSealed;
  /** Whether the agent reads content that other servers encrypted. The messages then lack it. */
  passesEncrypted?: boolean;
  /** The approval requests that this turn answers. */
  approvals?: ReadonlySet<string>;
  /** The answers that other responses used. */
  used?: UsedAnswers;
}

/**
 * Translates items to messages. The items of one answer (reasoning, text, calls) become one assistant message, so that
 * parallel calls stay together and their results follow. A compaction item replaces everything before it.
 */
export function toAgentMessages(sources: ItemSources): AgentConversation {
  const { history, input, approvals = new Set(), used, ...options } = sources;
  const record = new ApprovalRecord([...history, ...input], approvals, used);
  const builder = new ConversationBuilder({ ...options, record });
  const compaction = findCompaction(history, options.open);
  history.forEach((item, index) => {
    if (index === compaction?.index) builder.replaceBy(compaction);
    else if (index > (compaction?.index ?? -1) || item['type'] === 'message') builder.add(item, '');
  });
  // The call of a request that is answered now must not be lost in a summary.
  for (const item of history.slice(0, compaction?.index ?? 0)) if (record.isAnsweredNow(item.id)) builder.add(item, '');
  const pastMessages = toPastMessages(builder.messages, record);
  input.forEach((item, index) => {
    builder.add(item, `input[${index}]`);
  });
  // A compaction in the input replaces the history.
  return {
    system: builder.system,
    messages: builder.messages,
    pastMessages: Math.min(pastMessages, builder.messages.length),
  };
}

/** Returns how many messages come before this turn, and before the calls that it has approved or denied. */
function toPastMessages(messages: readonly AgentMessage[], record: ApprovalRecord): number {
  const first = messages.findIndex(
    (message) => message.role === 'assistant' && message.toolCalls.some(({ callId }) => record.isAnsweredNow(callId)),
  );
  return first === -1 ? messages.length : first;
}

interface BuilderOptions extends Pick<ItemSources, 'open' | 'passesEncrypted'> {
  record: ApprovalRecord;
}

const toServerCall = (item: Pick<Schemas['McpCall'], 'name' | 'server_label' | 'arguments'>) => ({
  name: toFlatName(item.name, item.server_label),
  arguments: item.arguments,
});

/** Whether the item of a hosted tool stands for the call of an MCP tool. */
const isHosted = (item: StoredItem): item is StoredItem & Required<Pick<KeptFields, 'agent_call'>> =>
  item['agent_call'] !== undefined;

class ConversationBuilder {
  readonly system: string[] = [];
  messages: AgentMessage[] = [];
  readonly #open: OpenSealed;
  readonly #passesEncrypted: boolean;
  readonly #record: ApprovalRecord;
  /** The ids of the server-side calls so far. A client may send an item that the history has. */
  readonly #serverCalls = new Set<string>();
  /** The last reply with server-side calls. */
  #reply: { id: unknown; message: AssistantMessage } | undefined;

  constructor({ open, passesEncrypted = false, record }: BuilderOptions) {
    this.#open = open;
    this.#passesEncrypted = passesEncrypted;
    this.#record = record;
  }

  /** `param` is the path of the item, for errors. */
  add(stored: StoredItem, param: string): void {
    if (isSuperseded(stored)) return;
    const item = fromStoredItem(stored);
    switch (item.type) {
      case 'message':
        return this.#addMessage(item, `${param}.content`);
      case 'reasoning':
        return this.#addReasoning(item, param);
      case 'function_call':
        return this.#addCall(item, item.arguments);
      case 'custom_tool_call':
        return this.#addCall(item, toCustomArguments(item.input));
      case 'function_call_output':
      case 'custom_tool_call_output':
        return this.#addOutput(item, `${param}.output`);
      case 'compaction':
        return this.#addCompaction(item, param);
      case 'mcp_call':
        // The request for its approval stands for the call.
        if (this.#record.hasAsked(item.approval_request_id)) return;
        return this.#addServerCall(stored, toServerCall(item), toResult(item));
      case 'mcp_approval_request':
        return this.#addServerCall(stored, toServerCall(item), this.#record.resultOf(item.id));
      default:
        if (isHosted(stored)) return this.#addServerCall(stored, stored.agent_call, [...stored.agent_call.content]);
        return this.#addClientRun(stored);
    }
  }

  #addMessage(item: ItemOf<'message'>, param: string): void {
    const { role, content } = item;
    if (role === 'system' || role === 'developer') this.system.push(toText(content));
    else if (role === 'user') this.messages.push({ role, content: toAgentParts(content, param) });
    else this.#addAnswer(content, param);
    if (role === 'assistant') this.#addProviderData(item);
  }

  #addAnswer(content: ItemContent, param: string): void {
    const message = this.#assistant();
    const parts = typeof content === 'string' ? [] : content;
    const refusal = parts.find((part) => typeof part === 'object' && part.type === 'refusal');
    if (typeof refusal === 'object' && 'refusal' in refusal) message.refusal = refusal.refusal;
    message.content.push(...toAgentParts(content, param));
  }

  #addReasoning(item: ItemOf<'reasoning'>, param: string): void {
    const text = readReasoning(item, this.#open, param);
    this.#addProviderData(item);
    if (!text) return;
    const message = this.#assistant();
    message.reasoning = message.reasoning ? `${message.reasoning}\n${text}` : text;
  }

  #addCall(item: Call, callArguments: string): void {
    const name = toFlatName(item.name, item.namespace);
    const message = this.#assistant();
    message.toolCalls.push({ callId: item.call_id, name, arguments: callArguments, ...toProvider(item) });
    addProviderData(message, item);
  }

  /** Adds a call that the server ran, with its result. Calls of one reply belong to one message, before their results. */
  #addServerCall(
    item: StoredItem & KeptFields & Provided,
    { name, arguments: text }: Pick<AgentToolCall, 'name' | 'arguments'>,
    content: AgentPart[],
  ): void {
    const { id: callId, agent_reply: reply } = item;
    if (this.#serverCalls.has(callId)) return;
    this.#serverCalls.add(callId);
    const isSame = reply !== undefined && reply === this.#reply?.id && this.messages.at(-1)?.role === 'tool';
    const message = isSame && this.#reply ? this.#reply.message : this.#assistant();
    this.#reply = { id: reply, message };
    message.toolCalls.push({ callId, name, arguments: text, ...toProvider(item) });
    addProviderData(message, item);
    this.messages.push({ role: 'tool', callId, content });
  }

  /** Adds a call that the client ran, or its output. Items of unsupported tools are omitted. */
  #addClientRun(item: StoredItem): void {
    const call = toFunctionCall(item);
    // The item was validated when it was received.
    const { provider_data } = item as Pick<Call, 'provider_data'>;
    if (call) return this.#addCall({ call_id: call.callId, name: call.name, provider_data }, call.arguments);
    const result = toFunctionResult(item);
    if (!result) return;
    this.messages.push({ role: 'tool', callId: result.callId, content: [{ type: 'text', text: result.text }] });
  }

  #addOutput(item: ItemOf<'function_call_output'> | ItemOf<'custom_tool_call_output'>, param: string): void {
    const content = toAgentParts(item.output, param);
    this.messages.push({ role: 'tool', callId: item.call_id ?? '', content });
  }

  #addCompaction(item: ItemOf<'compaction'>, param: string): void {
    const openAny = this.#isLenient(param) ? tryOpenCompaction : openCompaction;
    const compacted = openAny(item, this.#open, param);
    if (compacted) this.replaceBy(compacted);
  }

  /** Replaces all messages so far by a compacted history. */
  replaceBy({ summary, messages }: CompactedHistory): void {
    this.messages = [toSummaryMessage(summary), ...messages];
  }

  /** Whether to skip content that was encrypted elsewhere. Stored content must not fail every later turn. */
  #isLenient(param: string): boolean {
    return this.#passesEncrypted || param === '';
  }

  #addProviderData(item: Provided): void {
    if (item.provider_data?.message_fields) addProviderData(this.#assistant(), item);
  }

  /** Returns the assistant message that collects the items of one answer. */
  #assistant(): AssistantMessage {
    const last = this.messages.at(-1);
    if (last?.role === 'assistant') return last;
    const message: AssistantMessage = { role: 'assistant', content: [], toolCalls: [] };
    this.messages.push(message);
    return message;
  }
}
