import { messageProviderFields, pickProviderFields } from '../../agent/request/provider-fields.ts';
import type { Schemas } from '../../contract/types.ts';
import type { ChatCompletionId } from '../../ids.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { StoredItem } from '../../store/stored-item.ts';

type ChatMessage = Schemas['ChatMessage'];
type StoredMessage = Schemas['StoredChatMessage'];

/**
 * Returns the messages of a request in the form in which they are listed. Their ids derive from the completion's id.
 */
export function toStoredMessages(messages: readonly ChatMessage[], id: ChatCompletionId): StoredItem[] {
  return messages.map((message, index) => ({ ...toStored(message, `${id}-${index}`) }));
}

function toStored(message: ChatMessage, id: string): StoredMessage {
  const content = message.content ?? null;
  return {
    id,
    role: message.role,
    content: typeof content === 'string' ? content : null,
    content_parts: typeof content === 'string' ? null : content,
    refusal: message.role === 'assistant' ? (message.refusal ?? null) : null,
    ...('name' in message ? omitUndefined({ name: message.name }) : {}),
    ...(message.role === 'tool' ? { tool_call_id: message.tool_call_id } : {}),
    ...(message.role === 'assistant' ? toAssistantFields(message) : {}),
  };
}

function toAssistantFields(message: Extract<ChatMessage, { role: 'assistant' }>) {
  const { tool_calls, function_call, reasoning_content } = message;
  return {
    ...omitUndefined({ tool_calls, function_call, reasoning_content }),
    ...pickProviderFields(message, messageProviderFields),
  };
}
