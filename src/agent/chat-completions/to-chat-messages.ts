import { ApiError } from '../../errors/api-error.ts';
import type { AgentMessage, AgentPart, AgentRequest, AgentToolCall, ProviderData } from '../agent-client.ts';
import type { ChatDialect } from './chat-dialect.ts';
import type { ChatMessage, ChatPart } from './chat-request.ts';

type AssistantMessage = Extract<AgentMessage, { role: 'assistant' }>;
type ToolMessage = Extract<AgentMessage, { role: 'tool' }>;

/** Returns one system message, then the conversation. Chat templates fail on any other system message. */
export function toChatMessages(
  { instructions, messages }: Pick<AgentRequest, 'instructions' | 'messages'>,
  dialect: ChatDialect,
): ChatMessage[] {
  const chat: ChatMessage[] = instructions ? [{ role: dialect.systemRole, content: instructions }] : [];
  let attachments: ChatPart[] = [];
  for (const [index, message] of messages.entries()) {
    if (message.role === 'user') {
      chat.push({ role: 'user', content: toUserContent(message.content), name: message.name });
    } else if (message.role === 'assistant') {
      chat.push(toAssistantMessage(message, dialect));
    } else {
      chat.push(toToolMessage(message));
      attachments.push(...message.content.filter((part) => part.type !== 'text').map(toChatPart));
      // Consecutive tool messages answer one assistant message, so attachments follow the last of them.
      if (attachments.length > 0 && messages[index + 1]?.role !== 'tool') {
        chat.push({ role: 'user', content: attachments });
        attachments = [];
      }
    }
  }
  return chat;
}

/** Returns a plain string for a single text, because some upstreams accept no content parts. */
function toUserContent(parts: readonly AgentPart[]): string | ChatPart[] {
  const [first] = parts;
  if (first === undefined) return '';
  return parts.length === 1 && first.type === 'text' ? first.text : parts.map(toChatPart);
}

function toChatPart(part: AgentPart): ChatPart {
  switch (part.type) {
    case 'text':
      return { type: 'text', text: part.text };
    case 'image':
      return { type: 'image_url', image_url: { url: part.url, detail: toDetail(part.detail) } };
    case 'file':
      return toFilePart(part);
  }
}

/** Maps `original`, which Chat Completions lacks, to `high`. */
function toDetail(detail: Extract<AgentPart, { type: 'image' }>['detail']) {
  return detail === 'original' ? 'high' : detail;
}

function toFilePart({ filename, data }: Extract<AgentPart, { type: 'file' }>): ChatPart {
  if (data === undefined) {
    throw new ApiError(
      'unsupported_value',
      'This agent does not support file URLs. Send the content of the file as file_data.',
    );
  }
  return { type: 'file', file: { filename, file_data: data } };
}

function toAssistantMessage(message: AssistantMessage, dialect: ChatDialect): ChatMessage {
  const { content, refusal, toolCalls, name, provider } = message;
  // Most upstreams read only `content`, so a refusal is sent there.
  const text = joinTexts(content) || refusal || '';
  return {
    ...toOwnFields(provider, dialect),
    role: 'assistant',
    content: text === '' && toolCalls.length > 0 ? null : text,
    ...toReasoning(message, dialect),
    tool_calls: toolCalls.length === 0 ? undefined : toolCalls.map((call) => toChatToolCall(call, dialect)),
    name,
  };
}

/** Some upstreams refuse calls without their thoughts. A blank stands for thoughts that are not known. */
const unknownThoughts = ' ';

function toReasoning({ reasoning, toolCalls }: AssistantMessage, dialect: ChatDialect) {
  const { reasoningField: field, needsReasoning } = dialect;
  const text = reasoning || (needsReasoning && toolCalls.length > 0 ? unknownThoughts : undefined);
  return field === 'none' || text === undefined ? undefined : { [field]: text };
}

function toChatToolCall({ callId, name, arguments: text, provider }: AgentToolCall, dialect: ChatDialect) {
  return {
    ...toOwnFields(provider, dialect),
    id: callId,
    type: 'function' as const,
    function: { name, arguments: text },
  };
}

/** Returns provider data of this agent, or of a client that keeps it. Another agent would refuse it. */
function toOwnFields(provider: ProviderData | undefined, { agent, refusesProviderData }: ChatDialect) {
  if (refusesProviderData) return undefined;
  return provider?.agent === undefined || provider.agent === agent ? provider?.fields : undefined;
}

/** Returns a tool message with its text only. Other parts follow in a user message. */
function toToolMessage({ callId, content }: ToolMessage): ChatMessage {
  const hasAttachment = content.some((part) => part.type !== 'text');
  const text = joinTexts(content) || (hasAttachment ? 'See the attached content.' : '');
  return { role: 'tool', tool_call_id: callId, content: text };
}

function joinTexts(parts: readonly AgentPart[]): string {
  let text = '';
  for (const part of parts) if (part.type === 'text') text += part.text;
  return text;
}
