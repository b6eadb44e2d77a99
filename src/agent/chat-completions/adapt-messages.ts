import { createHash } from 'node:crypto';
import type { ChatDialect } from './chat-dialect.ts';
import type { ChatMessage, ChatPart } from './chat-request.ts';
import { toTurns } from './to-turns.ts';

/** Stands for a text that is empty, where the upstream refuses one. */
const noText = '(empty)';

/** Returns the messages in the form that the upstream was found to need. Most upstreams need none. */
export function adaptMessages(messages: ChatMessage[], dialect: ChatDialect): ChatMessage[] {
  const { needsTurns, refusesNull, refusesEmpty, refusesParts, refusesLongIds, refusesNames } = dialect;
  let adapted = needsTurns ? toTurns(messages) : messages;
  if (refusesParts) adapted = adapted.map(joinParts);
  if (refusesNull || refusesEmpty) adapted = adapted.map(fillNull);
  if (refusesEmpty) adapted = adapted.map(fillEmpty);
  if (refusesLongIds) adapted = adapted.map(shortenIds);
  if (refusesNames) adapted = adapted.map((message) => ('name' in message ? { ...message, name: undefined } : message));
  return adapted;
}

/** Joins content that has texts alone. */
function joinParts(message: ChatMessage): ChatMessage {
  if (message.role !== 'user' || typeof message.content === 'string') return message;
  return { ...message, content: joinTexts(message.content) ?? message.content };
}

function joinTexts(parts: readonly ChatPart[]): string | undefined {
  const texts = parts.flatMap((part) => (part.type === 'text' ? [part.text] : []));
  return texts.length === parts.length ? texts.join('\n') : undefined;
}

const fillNull = (message: ChatMessage): ChatMessage =>
  message.content === null ? { ...message, content: '' } : message;

function fillEmpty(message: ChatMessage): ChatMessage {
  return message.content === '' || message.content?.length === 0 ? { ...message, content: noText } : message;
}

function shortenIds(message: ChatMessage): ChatMessage {
  if (message.role === 'tool') return { ...message, tool_call_id: toShortId(message.tool_call_id) };
  if (message.role !== 'assistant' || message.tool_calls === undefined) return message;
  return { ...message, tool_calls: message.tool_calls.map((call) => ({ ...call, id: toShortId(call.id) })) };
}

/** Mistral requires nine letters and digits. Equal ids stay equal. */
function toShortId(id: string): string {
  return /^[A-Za-z0-9]{9}$/.test(id) ? id : createHash('sha256').update(id).digest('hex').slice(0, 9);
}
