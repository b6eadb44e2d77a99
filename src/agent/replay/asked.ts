import type { AgentMessage, AgentPart, AgentRequest } from '../agent-client.ts';
import { toText } from '../to-text.ts';

/** One message, without what differs from run to run (ids) or between the two APIs (how parts are cut). */
export interface Turn {
  role: AgentMessage['role'];
  text: string;
  /** URLs of pictures, contents of files. */
  attachments: string[];
  calls: { name: string; arguments: string }[];
}

/** What was asked, in a form that a recorded request and a new one can be compared in. */
export interface Asked {
  /** Absent: the default. */
  model?: string | undefined;
  system: string;
  turns: Turn[];
  /** Names, as an agent knows them. */
  tools: string[];
}

export function fromAgentRequest({ model, instructions, messages, tools }: AgentRequest): Asked {
  const turns: Turn[] = [];
  for (const message of messages) addTurn(turns, toTurn(message));
  return { model, system: instructions ?? '', turns, tools: tools.map((tool) => tool.name) };
}

/** What the assistant said in one go is one turn, in however many messages or items it was written. */
export function addTurn(turns: Turn[], turn: Turn): void {
  const last = turns.at(-1);
  if (turn.role !== 'assistant' || last?.role !== 'assistant') {
    turns.push(turn);
    return;
  }
  // A copy: histories share their turns.
  turns[turns.length - 1] = {
    role: 'assistant',
    text: [last.text, turn.text].filter((text) => text).join('\n'),
    attachments: [...last.attachments, ...turn.attachments],
    calls: [...last.calls, ...turn.calls],
  };
}

function toTurn(message: AgentMessage): Turn {
  const turn: Turn = { role: message.role, text: toText(message.content), attachments: [], calls: [] };
  turn.attachments = message.content.flatMap(toAttachment);
  if (message.role !== 'assistant') return turn;
  turn.calls = message.toolCalls.map(({ name, arguments: text }) => ({ name, arguments: text }));
  turn.text ||= message.refusal ?? '';
  return turn;
}

function toAttachment(part: AgentPart): string[] {
  if (part.type === 'image') return [part.url];
  return part.type === 'file' ? [part.data ?? part.url ?? ''] : [];
}
