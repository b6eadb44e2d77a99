import { hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { limits } from '../../config/limits.ts';
import type { RunObserver } from '../../run-observer.ts';
import type { AgentMessage, AgentPart, AgentRequest } from '../agent-client.ts';
import { toWholeRequest } from '../history/read-history.ts';

/** Hermes answers a chat request with this header from its own history, tools included, and ignores that of the body. */
const hermesHeader = 'x-hermes-session-id';

/**
 * Chooses the session headers of each request. The header of Hermes is sent only while the agent's session holds the same
 * history as the request: not for a fork, an edited history or a session that this server has not seen begin. The history
 * of the body counts then, which is right, though without the results of tools that the agent ran.
 */
export class SessionHeaders {
  readonly #names: readonly string[];
  readonly #followsHermes: boolean;
  /** A digest of the user's words in the last request of each session, the least recently used session first. */
  readonly #said = new Map<string, string>();
  /** Yields the oldest sessions, each to be deleted. A new iterator would skip all that were deleted before. */
  readonly #oldest = this.#said.keys();

  constructor(names: readonly string[]) {
    this.#names = names;
    this.#followsHermes = names.some(isHermes);
  }

  /** Returns the names and values of the session headers of a run. Called once for each run, in order. */
  next(request: AgentRequest): string[] {
    const continues = !this.#followsHermes || this.#continues(request);
    const names = continues ? this.#names : this.#names.filter((name) => !isHermes(name));
    return names.flatMap((name) => [name, request.sessionId]);
  }

  /** Passes on the session header of an answer. Returns whether it has one. */
  report(headers: IncomingHttpHeaders, observer: Pick<RunObserver, 'sessionNamed'> | undefined): boolean {
    for (const name of this.#names) {
      const value = headers[name.toLowerCase()];
      if (typeof value !== 'string' || !isPassable(value)) continue;
      observer?.sessionNamed({ name, value });
      return true;
    }
    return false;
  }

  /** Whether the agent's session has the history of the request. Records the request as its next turn if so. */
  #continues(request: AgentRequest): boolean {
    const { sessionId, messages, sessionHoldsHistory } = toWholeRequest(request);
    const { past, all } = digest(messages);
    const said = this.#said.get(sessionId);
    const isStart = past === undefined && (said === undefined || sessionHoldsHistory === true);
    if (!isStart && (said === undefined || said !== past)) return false;
    this.#said.delete(sessionId);
    this.#said.set(sessionId, all);
    if (this.#said.size > limits.upstreamSessions) this.#said.delete(this.#oldest.next().value ?? '');
    return true;
  }
}

const isHermes = (name: string): boolean => name.toLowerCase() === hermesHeader;

const isPassable = (value: string): boolean => /^[ -~]{1,256}$/.test(value);

/** Returns digests of the user's words: those before the last answer, `undefined` without one, and all of them. */
function digest(messages: readonly AgentMessage[]): { past: string | undefined; all: string } {
  const lastAnswer = messages.findLastIndex(({ role }) => role !== 'user');
  let words = '';
  let past: string | undefined;
  for (const [index, message] of messages.entries()) {
    if (message.role === 'user') for (const part of message.content) words += toWords(part);
    if (index === lastAnswer) past = hash('sha1', words, 'base64');
  }
  return { past, all: hash('sha1', words, 'base64') };
}

function toWords(part: AgentPart): string {
  if (part.type === 'text') return `${part.text}\n`;
  return `${part.type === 'image' ? part.url : (part.data ?? part.url)}\n`;
}
