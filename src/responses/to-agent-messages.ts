import type { AgentMessage } from '../agent/agent-client.ts';
import type { StoredItem } from '../store/store.ts';
import type { InputItem } from './responses-deps.ts';
import { type ItemContent, toAgentParts, toText } from './to-agent-parts.ts';

type AssistantMessage = Extract<AgentMessage, { role: 'assistant' }>;

export interface AgentConversation {
  /** The text of every system and developer message, in order. */
  system: string[];
  messages: AgentMessage[];
}

/**
 * Items to messages. What the agent said in one go (reasoning, text, calls) lies in several items and becomes one
 * assistant message, so that parallel calls stay together and each call is followed by its results.
 */
export function toAgentMessages(history: StoredItem[], input: StoredItem[]): AgentConversation {
  const conversation: AgentConversation = { system: [], messages: [] };
  history.forEach((item) => {
    addItem(conversation, item, '');
  });
  input.forEach((item, index) => {
    addItem(conversation, item, `input[${index}]`);
  });
  return conversation;
}

/** `param` names the item in errors. */
function addItem({ system, messages }: AgentConversation, stored: StoredItem, param: string): void {
  // The store returns what was put: items in the form that `toInputItems` and the assembler made.
  const item = stored as unknown as InputItem;
  switch (item.type) {
    case 'message':
      if (item.role === 'system' || item.role === 'developer') system.push(toText(item.content));
      else if (item.role === 'user')
        messages.push({ role: 'user', content: toAgentParts(item.content, `${param}.content`) });
      else addAssistantText(lastAssistant(messages), item.content, `${param}.content`);
      return;
    case 'reasoning':
      addReasoning(lastAssistant(messages), [...(item.content ?? []), ...(item.summary ?? [])]);
      return;
    case 'function_call':
      lastAssistant(messages).toolCalls.push({ callId: item.call_id, name: item.name, arguments: item.arguments });
      return;
    case 'function_call_output':
      messages.push({
        role: 'tool',
        callId: item.call_id ?? '',
        content: toAgentParts(item.output, `${param}.output`),
      });
      return;
    default:
      // Items of tools that this server has not got say nothing to the agent.
      return;
  }
}

function lastAssistant(messages: AgentMessage[]): AssistantMessage {
  const last = messages.at(-1);
  if (last?.role === 'assistant') return last;
  const message: AssistantMessage = { role: 'assistant', content: [], toolCalls: [] };
  messages.push(message);
  return message;
}

function addAssistantText(message: AssistantMessage, content: ItemContent, param: string): void {
  const refusal =
    typeof content === 'string'
      ? undefined
      : content.find((part) => typeof part === 'object' && part.type === 'refusal');
  if (typeof refusal === 'object' && 'refusal' in refusal) message.refusal = refusal.refusal;
  message.content.push(...toAgentParts(content, param));
}

function addReasoning(message: AssistantMessage, parts: { text: string }[]): void {
  const text = parts.map((part) => part.text).join('\n');
  if (text) message.reasoning = message.reasoning ? `${message.reasoning}\n${text}` : text;
}
