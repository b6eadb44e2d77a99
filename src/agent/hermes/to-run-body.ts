import { ApiError } from '../../errors/api-error.ts';
import type { AgentMessage, AgentPart, AgentRequest } from '../agent-client.ts';
import { describeIn } from '../describe-format.ts';

interface HistoryEntry {
  role: 'user' | 'assistant';
  content: string;
}

type RunPart = { type: 'text'; text: string } | { type: 'image_url'; image_url: { url: string } };

/** The body of `POST /v1/runs`. JSON omits fields that are `undefined`. */
export interface RunBody {
  model?: string | undefined;
  session_id: string;
  instructions?: string | undefined;
  conversation_history?: HistoryEntry[] | undefined;
  input: string | [{ role: 'user'; content: RunPart[] }];
}

const notesExplained =
  'Earlier tool calls and their results are noted in square brackets. Call tools as usual, never as such a note.';

/**
 * Returns the body of a run. Hermes reads the role and the text of earlier messages only, so calls and their results are
 * noted as text: the model still knows them in the next turn. It reads no output format, so the instructions describe it.
 * Throws `unsupported_value` for files.
 */
export function toRunBody({ messages, format, ...request }: AgentRequest): Omit<RunBody, 'model' | 'session_id'> {
  const instructions = describeIn(request.instructions, format);
  const history = messages.slice(0, -1);
  const last = messages.at(-1);
  const input = last ? toInput(last) : '';
  const explanation = messages.some(hasNote) ? notesExplained : undefined;
  return {
    // A request of instructions alone asks for an answer to them: Hermes refuses an empty input.
    instructions: [input === '' ? undefined : instructions, explanation].filter(Boolean).join('\n\n') || undefined,
    conversation_history: history.length === 0 ? undefined : history.map(toEntry),
    input: input === '' ? (instructions ?? '') : input,
  };
}

function toInput(message: AgentMessage): RunBody['input'] {
  if (message.role !== 'user' || message.content.every((part) => part.type === 'text')) return toText(message);
  return [{ role: 'user', content: message.content.map(toRunPart) }];
}

function toRunPart(part: AgentPart): RunPart {
  if (part.type === 'text') return part;
  if (part.type === 'image') return { type: 'image_url', image_url: { url: part.url } };
  throw new ApiError('unsupported_value', 'This agent does not support files. Send their content as text.');
}

/** Results of tools are entries of the assistant: Hermes drops other roles, and a user's words would carry more weight. */
function toEntry(message: AgentMessage): HistoryEntry {
  return { role: message.role === 'user' ? 'user' : 'assistant', content: toText(message) };
}

const hasNote = (message: AgentMessage): boolean =>
  message.role === 'tool' || (message.role === 'assistant' && message.toolCalls.length > 0);

function toText(message: AgentMessage): string {
  const text = message.content.map(toPartText).join('');
  if (message.role === 'user') return text;
  if (message.role === 'tool') return `[Result of tool call ${message.callId}: ${text}]`;
  const calls = message.toolCalls.map((call) => `[Tool call ${call.callId}: ${call.name} ${call.arguments}]`);
  return [text || message.refusal, ...calls].filter(Boolean).join('\n');
}

function toPartText(part: AgentPart): string {
  if (part.type === 'text') return part.text;
  return part.type === 'image' ? '[image]' : `[file ${part.filename ?? ''}]`;
}
