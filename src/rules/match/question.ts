import type { AgentRequest } from '../../agent/agent-client.ts';
import { readLastTurn } from '../../agent/offline/last-turn.ts';
import type { Exchange } from '../../exchange.ts';

/** A request as conditions see it. */
export interface Question {
  /** Undefined: the client named none. */
  model: string | undefined;
  /** Undefined: the run continues without its request, for example after a restart. */
  path: string | undefined;
  headers: Exchange['headers'];
  isStream: boolean;
  /** The text of the last user message. */
  message: string;
  instructions: string;
  /** The names of the offered tools. */
  tools: readonly string[];
  /** The results that the request ends with, oldest first. */
  results: readonly { name: string; output: string }[];
  /** Number of user messages. */
  turn: number;
}

export function toQuestion(request: AgentRequest, exchange: Exchange | undefined): Question {
  const { text, results, turn } = readLastTurn(request);
  return {
    model: request.model,
    path: exchange?.path,
    headers: exchange?.headers ?? {},
    isStream: exchange?.isStream ?? request.watched,
    message: text,
    instructions: request.instructions ?? '',
    tools: request.tools.map(({ name }) => name),
    results,
    turn,
  };
}
