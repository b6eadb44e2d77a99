import type { ChatMessage, ChatPart } from './chat-request.ts';

/** Stand where an upstream requires a message of the user, or of the assistant behind an output. */
const opening = { role: 'user', content: '(The conversation begins with your message.)' } as const;
const closing = { role: 'user', content: 'Continue.' } as const;
const acknowledgement = { role: 'assistant', content: 'OK.' } as const;

/**
 * Returns the conversation in strict turns: at most one system message, then user and assistant in alternation, from
 * the user to the user or an output. Chat templates of Mistral, Gemma and others refuse anything else.
 */
export function toTurns([first, ...rest]: readonly ChatMessage[]): ChatMessage[] {
  if (first === undefined) return [];
  const isSystem = first.role === 'system' || first.role === 'developer';
  // A system message alone is what the user asks.
  if (isSystem && rest.length === 0) return [{ role: 'user', content: first.content }];
  const turns: ChatMessage[] = isSystem ? [first] : [];
  for (const message of isSystem ? rest : [first, ...rest]) {
    const last = turns.at(-1);
    if (message.role === 'user' && last?.role === 'user') turns[turns.length - 1] = join(last, message);
    else {
      if (message.role === 'assistant' && last?.role !== 'user' && last?.role !== 'tool') turns.push(opening);
      if (message.role === 'user' && last?.role === 'tool') turns.push(acknowledgement);
      turns.push(message);
    }
  }
  if (turns.at(-1)?.role === 'assistant') turns.push(closing);
  return turns;
}

type UserMessage = Extract<ChatMessage, { role: 'user' }>;

function join(first: UserMessage, second: UserMessage): UserMessage {
  const isText = typeof first.content === 'string' && typeof second.content === 'string';
  if (isText) return { role: 'user', content: `${first.content}\n\n${second.content}` };
  return { role: 'user', content: [...toParts(first.content), ...toParts(second.content)] };
}

const toParts = (content: string | ChatPart[]): ChatPart[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : content;
