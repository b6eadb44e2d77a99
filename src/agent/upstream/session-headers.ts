import { createHash, type Hash, hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { limits } from '../../config/limits.ts';
import type { RunObserver } from '../../run-observer.ts';
import type { AgentMessage, AgentPart, AgentRequest } from '../agent-client.ts';
import { readMessages, toWholeRequest } from '../history/read-history.ts';

/** Hermes answers a chat request with this header from its own history, tools included, and ignores that of the body. */
const hermesHeader = 'x-hermes-session-id';

/** The user's words in the last request of a session. */
interface Said {
  /** The digest of all of them, or its state if `history` is set: the next request may only add words. */
  words: string | Hash;
  /** The id of the history that the request continued as text. */
  history?: string;
  /** A digest of the words after that history. */
  own?: string;
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
    const { sessionId } = request;
    const said = this.#said.get(sessionId);
    // This server has no record of the session's start, so it does not read the history.
    if (!said && request.history) return false;
    const next = (said && extend(said, request)) ?? compare(said, request);
    if (!next) return false;
    this.#said.delete(sessionId);
    this.#said.set(sessionId, next);
    if (this.#said.size > limits.upstreamSessions) this.#said.delete(this.#oldest.next().value ?? '');
    return true;
  }
}

const isHermes = (name: string): boolean => name.toLowerCase() === hermesHeader;

const isPassable = (value: string): boolean => /^[ -~]{1,256}$/.test(value);

/**
 * Returns what was said with a request whose history is that of the last request and its turn. It is found by its id,
 * without reading all of its messages. `undefined`: the words must be compared.
 */
function extend(said: Said, { history, messages }: AgentRequest): Said | undefined {
  const { words, own } = said;
  if (typeof words === 'string' || !history || said.history !== history.parentId) return undefined;
  const first = messages.findIndex(({ role }) => role === 'user');
  const endsWithWords = first === -1 || messages.slice(first).every(({ role }) => role === 'user');
  if (!endsWithWords || toDigest(joinWords(readMessages(history.lastTurn))) !== own) return undefined;
  const added = joinWords(messages);
  return { words: words.update(added), history: history.id, own: toDigest(added) };
}

/** Compares the words of a request with those of the last one. `undefined`: the session has another history. */
function compare(said: Said | undefined, request: AgentRequest): Said | undefined {
  const { messages, sessionHoldsHistory } = toWholeRequest(request);
  const afterAnswer = messages.findLastIndex(({ role }) => role !== 'user') + 1;
  const past = joinWords(messages.slice(0, afterAnswer));
  const isStart = afterAnswer === 0 && (said === undefined || sessionHoldsHistory === true);
  if (!isStart && (afterAnswer === 0 || !said || digestOf(said) !== toDigest(past))) return undefined;
  const all = past + joinWords(messages.slice(afterAnswer));
  const { history } = request;
  if (!history) return { words: toDigest(all) };
  return { words: createHash('sha1').update(all), history: history.id, own: toDigest(joinWords(request.messages)) };
}

function joinWords(messages: readonly AgentMessage[]): string {
  let words = '';
  for (const { role, content } of messages) if (role === 'user') for (const part of content) words += toWords(part);
  return words;
}

const digestOf = ({ words }: Said): string => (typeof words === 'string' ? words : words.copy().digest('base64'));

const toDigest = (words: string): string => hash('sha1', words, 'base64');

function toWords(part: AgentPart): string {
  if (part.type === 'text') return `${part.text}\n`;
  return `${part.type === 'image' ? part.url : (part.data ?? part.url)}\n`;
}
