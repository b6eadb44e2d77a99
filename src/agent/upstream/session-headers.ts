import { createHash, type Hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { limits } from '../../config/limits.ts';
import type { RunObserver } from '../../run-observer.ts';
import type { AgentMessage, AgentPart, AgentRequest } from '../agent-client.ts';
import { readMessages, toWholeRequest } from '../history/read-history.ts';

/** Hermes answers a chat request with this header from its own history, tools included, and ignores that of the body. */
const hermesHeader = 'x-hermes-session-id';

/** The user's words in the last request of a session. */
interface Said {
  words: Hash;
  /** The id of the history that the request continued, if it was one. */
  historyId: string | undefined;
  /** The words after that history. */
  own: Hash;
}

/**
 * Chooses the session headers of each request. The header of Hermes is sent only while the agent's session holds the same
 * history as the request: not for a fork, an edited history or a session that this server has not seen begin. The history
 * of the body counts then, which is right, though without the results of tools that the agent ran.
 */
export class SessionHeaders {
  readonly #names: readonly string[];
  readonly #followsHermes: boolean;
  /** By session, the least recently used first. */
  readonly #said = new Map<string, Said>();

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

  /** Passes on the session header of an answer. */
  report(headers: IncomingHttpHeaders, observer: Pick<RunObserver, 'sessionNamed'> | undefined): void {
    if (observer === undefined) return;
    for (const name of this.#names) {
      const value = headers[name.toLowerCase()];
      if (typeof value !== 'string' || !isPassable(value)) continue;
      observer.sessionNamed({ name, value });
      return;
    }
  }

  /** Whether the agent's session has the history of the request. Records the request as its next turn if so. */
  #continues(request: AgentRequest): boolean {
    const { sessionId } = request;
    const said = this.#said.get(sessionId);
    const next = (said && extend(said, request)) ?? compare(said, request);
    if (!next) return false;
    this.#said.delete(sessionId);
    this.#said.set(sessionId, next);
    const [oldest] = this.#said.keys();
    if (this.#said.size > limits.upstreamSessions && oldest !== undefined) this.#said.delete(oldest);
    return true;
  }
}

const isHermes = (name: string): boolean => name.toLowerCase() === hermesHeader;

const isPassable = (value: string): boolean => /^[ -~]{1,256}$/.test(value);

/**
 * Returns what was said with a request whose history is that of the last request and its turn. It is found by its id,
 * without reading all of its messages. `undefined`: the words must be compared.
 */
function extend({ words, historyId, own }: Said, { history, messages }: AgentRequest): Said | undefined {
  if (!history || history.parentId === undefined || history.parentId !== historyId) return undefined;
  const firstWords = messages.findIndex(({ role }) => role === 'user');
  const endsWithWords = messages.slice(Math.max(firstWords, 0)).every(({ role }) => role === 'user');
  const last = addWords(createHash('sha1'), readMessages(history.lastTurn));
  if (!endsWithWords || toDigest(last) !== toDigest(own)) return undefined;
  return {
    words: addWords(words.copy(), messages),
    historyId: history.id,
    own: addWords(createHash('sha1'), messages),
  };
}

/** Compares the words of a request with those of the last one. `undefined`: the session has another history. */
function compare(said: Said | undefined, request: AgentRequest): Said | undefined {
  const { messages, sessionHoldsHistory } = toWholeRequest(request);
  const lastAnswer = messages.findLastIndex(({ role }) => role !== 'user');
  const words = addWords(createHash('sha1'), messages.slice(0, lastAnswer + 1));
  const isStart = lastAnswer === -1 && (said === undefined || sessionHoldsHistory === true);
  if (!isStart && (lastAnswer === -1 || !said || toDigest(words) !== toDigest(said.words))) return undefined;
  addWords(words, messages.slice(lastAnswer + 1));
  const { history } = request;
  return { words, historyId: history?.id, own: history ? addWords(createHash('sha1'), request.messages) : words };
}

function addWords(words: Hash, messages: readonly AgentMessage[]): Hash {
  for (const { role, content } of messages)
    if (role === 'user') for (const part of content) words.update(toWords(part));
  return words;
}

/** A hash can be extended after it is copied. */
const toDigest = (words: Hash): string => words.copy().digest('base64');

function toWords(part: AgentPart): string {
  if (part.type === 'text') return `${part.text}\n`;
  return `${part.type === 'image' ? part.url : (part.data ?? part.url)}\n`;
}
