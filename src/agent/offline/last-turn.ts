import type { AgentMessage, AgentRequest } from '../agent-client.ts';
import { toText } from '../to-text.ts';

/** What the offline agent looks at in a request. */
export interface LastTurn {
  /** All text of the last user message. */
  text: string;
  images: number;
  files: number;
  /** User messages in the request, the last included. */
  turn: number;
  /** How often the agent has called tools since the last user message. */
  callRounds: number;
  /** What the tools answered, oldest first; empty unless the request ends in a tool's answer. */
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

/** Parallel calls may come as one message or as several in a row: answers divide the rounds. */
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
