import type { AgentMessage, AgentPart, AgentToolCall, ProviderData } from '../../agent/agent-client.ts';
import { callProviderFields, messageProviderFields, pickProviderFields } from '../../agent/request/provider-fields.ts';
import type { Schemas } from '../../contract/types.ts';
import { ApiError } from '../../errors/api-error.ts';
import { checkUrl } from '../../items/check-url.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import { toCustomArguments } from '../../tools/custom-tool.ts';
import { toFlatName } from '../../tools/flat-name.ts';

type ChatMessage = Schemas['ChatMessage'];
type AssistantMessage = Extract<ChatMessage, { role: 'assistant' }>;
type ChatPart = Schemas['ChatContentPart'];
type Content = string | readonly ChatPart[] | null | undefined;

export interface AgentConversation {
  /** The text of every system and developer message, in order. */
  system: string[];
  messages: AgentMessage[];
}

/** Translates the messages of a request for the agent. Throws an ApiError for unsupported content. */
export function toAgentMessages(chatMessages: readonly ChatMessage[]): AgentConversation {
  const conversation: AgentConversation = { system: [], messages: [] };
  chatMessages.forEach((message, index) => {
    addMessage(conversation, message, `messages[${index}].content`);
  });
  return conversation;
}

/** `param` is the path of the message's content, for errors. */
function addMessage({ system, messages }: AgentConversation, message: ChatMessage, param: string): void {
  switch (message.role) {
    case 'system':
    case 'developer':
      system.push(toText(message.content));
      return;
    case 'user':
      messages.push({
        role: 'user',
        content: toParts(message.content, param),
        ...omitUndefined({ name: message.name }),
      });
      return;
    case 'assistant':
      messages.push(toAssistantMessage(message, param));
      return;
    case 'tool':
      messages.push({ role: 'tool', callId: message.tool_call_id, content: toParts(message.content, param) });
      return;
    case 'function':
      // The older form has no call ids. The function's name serves as the id of the call and of its output.
      messages.push({ role: 'tool', callId: message.name, content: toParts(message.content, param) });
      return;
    default:
      return message satisfies never;
  }
}

function toAssistantMessage(message: AssistantMessage, param: string): AgentMessage {
  const calls = (message.tool_calls ?? []).map(toAgentCall);
  const { function_call: single } = message;
  if (single) calls.push({ callId: single.name, name: toFlatName(single.name), arguments: single.arguments });
  return {
    role: 'assistant',
    content: toParts(message.content, param),
    toolCalls: calls,
    ...omitUndefined({
      reasoning: message.reasoning_content,
      refusal: message.refusal ?? toRefusal(message.content),
      name: message.name,
      provider: toProvider(pickProviderFields(message, messageProviderFields)),
    }),
  };
}

function toAgentCall(call: Schemas['ChatToolCall']): AgentToolCall {
  const provider = omitUndefined({ provider: toProvider(pickProviderFields(call, callProviderFields)) });
  if (call.type === 'function') {
    return { callId: call.id, name: toFlatName(call.function.name), arguments: call.function.arguments, ...provider };
  }
  const input = toCustomArguments(call.custom.input);
  return { callId: call.id, name: toFlatName(call.custom.name), arguments: input, ...provider };
}

const toProvider = (fields: Record<string, unknown> | undefined): ProviderData | undefined => fields && { fields };

/** Returns the refusal among the parts. */
function toRefusal(content: Content): string | undefined {
  const parts = typeof content === 'string' ? [] : (content ?? []);
  return parts.find((part) => part.type === 'refusal')?.refusal;
}

function toParts(content: Content, param: string): AgentPart[] {
  if (typeof content === 'string') return content ? [{ type: 'text', text: content }] : [];
  return (content ?? []).flatMap((part, index) => toPart(part, `${param}[${index}]`) ?? []);
}

function toPart(part: ChatPart, param: string): AgentPart | undefined {
  switch (part.type) {
    case 'text':
      return part.text ? { type: 'text', text: part.text } : undefined;
    case 'image_url':
      checkUrl(part.image_url.url, 'image', `${param}.image_url.url`);
      return { type: 'image', url: part.image_url.url, ...omitUndefined({ detail: part.image_url.detail }) };
    case 'file':
      if (!part.file.file_data) throw unsupported("A file requires 'file_data': this server stores no files.", param);
      return { type: 'file', data: part.file.file_data, ...omitUndefined({ filename: part.file.filename }) };
    case 'refusal':
      return undefined;
    case 'input_audio':
      throw unsupported('Audio input is not supported by this server.', param);
    default:
      return part satisfies never;
  }
}

function unsupported(message: string, param: string): ApiError {
  return new ApiError('unsupported_value', message, { param });
}

function toText(content: Content): string {
  if (typeof content === 'string') return content;
  return (content ?? []).flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
}
