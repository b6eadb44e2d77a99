import type { AgentMessage, AgentRequest } from '../agent-client.ts';
import { toText } from '../to-text.ts';

/** The parts of a request that the offline agent reads. */
export interface LastTurn {
  /** All text of the last user message. */
  text: string;
  images: number;
  files: number;
  /** Number of user messages in the request, including the last. */
  turn: number;
  /** Number of rounds of tool calls since the last user message. */
  callRounds: number;
  /** The tool results that the request ends with, oldest first. Empty when it ends with another message. */
  results: { name: string; output: string }[];
}

/** Reads the turn to answer. */
export function readLastTurn({ messages }: AgentRequest): LastTurn {
  const userMessages = messages.filter((message) => message.role === 'user');
  const user = userMessages.at(-1);
  const since = messages.slice(user === undefined ? 0 : messages.lastIndexOf(user) + 1);
  return {
    text: toText(user?.content ?? []),
    images: user?.content.filter((part) => part.type === 'image').length ?? 0,
    files: user?.content.filter((part) => part.type === 'file').length ?? 0,
    turn: userMessages.length,
    callRounds: countCallRounds(since),
    results: readResults(since),
  };
}

/** Counts rounds by their results, because parallel calls may be one message or several in a row. */
function countCallRounds(messages: AgentMessage[]): number {
  return messages.filter((message, index) => message.role === 'tool' && messages[index + 1]?.role !== 'tool').length;
}

function readResults(messages: AgentMessage[]): LastTurn['results'] {
  const start = messages.findLastIndex((message) => message.role !== 'tool') + 1;
  const names = new Map<string, string>();
  for (const message of messages) {
    if (message.role === 'assistant') for (const call of message.toolCalls) names.set(call.callId, call.name);
  }
  return messages
    .slice(start)
    .flatMap((message) =>
      message.role === 'tool' ? [{ name: names.get(message.callId) ?? 'A tool', output: toText(message.content) }] : [],
    );
}
