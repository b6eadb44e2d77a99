import { setTimeout as delay } from 'node:timers/promises';
import { limits } from '../../config/limits.ts';
import { ApiError } from '../../errors/api-error.ts';
import { readRecording } from '../../recording/read-recording.ts';
import { throwIfAborted } from '../abort.ts';
import type { AgentClient, AgentEventBatch } from '../agent-client.ts';
import { fromAgentRequest } from './asked.ts';
import { createLibrary, type Entry } from './library.ts';
import { isSameLastTurn, isSameQuestion, type Search, toSearch } from './question.ts';
import type { Answer } from './read-answer.ts';

export interface ReplayAgentOptions {
  /** The path of a recording made by `talaria record`. */
  file: string;
  /** `recorded` replays with the pauses of the recording. */
  pace: 'none' | 'recorded';
}

/**
 * Creates an agent that answers from a recording: no model, no network, the same answers each time. A recorded question
 * gets its answer. Any other gets the next unused answer to the same last user message. Throws for an unreadable file.
 */
export function createReplayAgent({ file, pace }: ReplayAgentOptions): AgentClient {
  const { entries, models } = createLibrary(readRecording(file));
  const chooser = new Chooser(entries);
  return {
    async models({ signal }) {
      throwIfAborted(signal);
      return models.map((model) => ({ ...model }));
    },
    async run(request, { signal }) {
      throwIfAborted(signal);
      const answer = chooser.choose(toSearch(fromAgentRequest(request))).answer();
      if (answer.refusal) throw answer.refusal;
      return play(answer, { pace, signal });
    },
    async [Symbol.asyncDispose]() {},
  };
}

/** Finds the answer to a question, and tracks the used ones. */
class Chooser {
  readonly #entries: readonly Entry[];
  readonly #uses = new Map<Entry, number>();

  constructor(entries: readonly Entry[]) {
    this.#entries = entries;
  }

  choose(search: Search): Entry {
    const entry = this.#findSame(search) ?? this.#findNext(search);
    if (!entry) throw notRecorded(search, this.#entries);
    this.#uses.set(entry, this.#usesOf(entry) + 1);
    return entry;
  }

  /** The recorded answers to one question rotate. */
  #findSame(search: Search): Entry | undefined {
    const same = this.#entries.filter((entry) => isSameQuestion(entry.question, search));
    return same.toSorted((a, b) => this.#usesOf(a) - this.#usesOf(b))[0];
  }

  /** All steps of a tool loop have the same last user message. The role of the last message distinguishes them. */
  #findNext(search: Search): Entry | undefined {
    const next = this.#entries.filter((entry) => this.#usesOf(entry) === 0 && isSameLastTurn(entry.question, search));
    return next.find(({ question }) => question.lastRole === search.lastRole) ?? next[0];
  }

  #usesOf(entry: Entry): number {
    return this.#uses.get(entry) ?? 0;
  }
}

const shownCharacters = 80;
const shownEntries = 5;

/** Returns an error that shows the question beside the recorded ones. */
function notRecorded(search: Search, entries: readonly Entry[]): ApiError {
  const { lastUserText, model, turns, tools } = search;
  const by = model === undefined ? '' : ` by the model '${model}'`;
  const asked = `${show(lastUserText)}${by} (messages: ${turns}, tools: ${tools})`;
  const used = entries.filter(({ question }) => isSameLastTurn(question, search)).map(({ exchange }) => exchange);
  const message = `The recording has no answer to ${asked}. ${used.length > 0 ? describeUsed(used) : describeAll(entries)}`;
  return new ApiError('not_found', message);
}

function describeUsed(used: readonly number[]): string {
  const numbers = [...new Set(used)].slice(0, shownEntries).join(', ');
  return `All recorded answers to this last message have been used (exchange ${numbers}).`;
}

function describeAll(entries: readonly Entry[]): string {
  const known = [...new Set(entries.map((entry) => show(entry.question.lastUserText)))];
  const list = known.slice(0, shownEntries).join(', ') + (known.length > shownEntries ? ', …' : '');
  return known.length === 0 ? 'It has no answers.' : `It has answers to ${list}.`;
}

function show(text: string): string {
  return JSON.stringify(text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text);
}

interface PlayOptions extends Pick<ReplayAgentOptions, 'pace'> {
  signal: AbortSignal;
}

async function* play({ batches, failure }: Answer, { pace, signal }: PlayOptions): AsyncGenerator<AgentEventBatch> {
  let at = 0;
  for (const { ms, events } of batches) {
    const waitMs = pace === 'recorded' ? Math.min(ms - at, limits.replayDelayMs) : 0;
    at = ms;
    if (waitMs > 0) await delay(waitMs, undefined, { signal }).catch(() => undefined);
    throwIfAborted(signal);
    yield events;
  }
  if (failure) throw failure;
}
