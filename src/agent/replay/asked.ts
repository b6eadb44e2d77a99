import type { AgentMessage, AgentPart, AgentRequest } from '../agent-client.ts';
import { toText } from '../to-text.ts';
import { findCompaction } from './recorded-compaction.ts';

/** One message, without ids and without the boundaries of parts: these differ between runs and between the two APIs. */
export interface Turn {
  role: AgentMessage['role'];
  text: string;
  /** URLs of images, contents of files. */
  attachments: string[];
  calls: { name: string; arguments: string }[];
}

/** A request in a form that compares a recorded one with a new one. */
export interface Asked {
  /** Omitted: the default. */
  model?: string | undefined;
  system: string;
  turns: Turn[];
  /** The names of the tools, as the agent sees them. */
  tools: string[];
  /** Whether it asks for a summary of the turns. */
  compacts?: boolean;
}

export function fromAgentRequest(request: AgentRequest): Asked {
  const { model, instructions, messages, tools } = request;
  const compacts = request.compacts === true;
  const turns: Turn[] = [];
  // The request for a summary is this server's own; a recording does not have it.
  for (const message of compacts ? messages.slice(0, -1) : messages) addTurn(turns, toTurn(message));
  return { model, system: instructions ?? '', turns, tools: tools.map((tool) => tool.name), compacts };
}

/** Adds a turn. Consecutive turns of the assistant become one, since its answer may span several messages or items. */
export function addTurn(turns: Turn[], turn: Turn): void {
  const last = turns.at(-1);
  if (turn.role !== 'assistant' || last?.role !== 'assistant') {
    turns.push(turn);
    return;
  }
  // A copy, because histories share their turns.
  turns[turns.length - 1] = {
    role: 'assistant',
    text: [last.text, turn.text].filter((text) => text).join('\n'),
    attachments: [...last.attachments, ...turn.attachments],
    calls: [...last.calls, ...turn.calls],
  };
}

function toTurn(message: AgentMessage): Turn {
  const turn: Turn = { role: message.role, text: toText(message.content), attachments: [], calls: [] };
  turn.text = findCompaction(turn.text) ?? turn.text;
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
