import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Schemas } from '../../src/contract/types.ts';
import type { Ledger } from './ledger.ts';
import { readEvents } from './read-events.ts';
import { ToldResponse, type Turn } from './told-response.ts';
import { ServerGone, type Victim } from './victim.ts';

export interface Attempt {
  key?: string;
  /** Ends the request. */
  signal?: AbortSignal;
  /** Events after which the client goes away by itself. */
  leaveAfter?: number | undefined;
}

interface ReplyPlace {
  outcome: { told?: ToldResponse; failed?: boolean };
  isKeyed: boolean;
}

interface OnTold {
  onTold: (told: ToldResponse) => void;
}

/** `nothing`: the server died before it said anything. `failed`: it says that an earlier request with the key failed. */
export type Outcome = ToldResponse | 'nothing' | 'failed';

const lockPollMs = 100;

/** What a client does with the server while that may die. What it is told goes into the ledger. */
export class Client {
  readonly #victim: Victim;
  readonly #ledger: Ledger;
  /** How long the end of a response, or the answer to a key, may be out after the last trouble. */
  readonly endMs: number;
  /** Called for each event that was told, also a second time. */
  onEvent: () => void = () => {};

  constructor(victim: Victim, ledger: Ledger, endMs: number) {
    this.#victim = victim;
    this.#ledger = ledger;
    this.endMs = endMs;
  }

  /** Sends a request once. A client that was cut off knows what it has read. */
  async create(turn: Turn, attempt: Attempt = {}): Promise<Outcome> {
    const { messages, ...fields } = turn;
    const body = JSON.stringify({ model: 'any', ...fields, input: messages.at(-1)?.text });
    const headers = { 'content-type': 'application/json', ...(attempt.key ? { 'Idempotency-Key': attempt.key } : {}) };
    const outcome: { told?: ToldResponse; failed?: boolean } = {};
    this.#ledger.counts.requests += 1;
    try {
      const init = { method: 'POST', headers, body, ...(attempt.signal ? { signal: attempt.signal } : {}) };
      await this.#victim.ask('/v1/responses', init, async (response) => {
        if (response.status === 409) await this.#expectLock(response, turn);
        else if (!turn.stream) await this.#readReply(response, turn, { outcome, isKeyed: attempt.key !== undefined });
        else await this.#readStream(response, turn, { ...attempt, onTold: (told) => (outcome.told = told) });
      });
    } catch (error) {
      this.#noteBreak(error, outcome.told);
    }
    return outcome.told ?? (outcome.failed ? 'failed' : 'nothing');
  }

  /** Reads on from the last event that was read, through any number of deaths, until the terminal one has come. */
  async follow(told: ToldResponse, first: number = told.events.length): Promise<void> {
    let place = first;
    for (;;) {
      const query = place === 0 ? '' : `&starting_after=${place - 1}`;
      // The time that a server takes to start is not its readers' wait.
      await this.#victim.untilUp();
      const signal = AbortSignal.timeout(this.endMs);
      this.#ledger.counts.streamsResumed += 1;
      told.note(`read from ${place}`);
      try {
        await this.#victim.ask(`/v1/responses/${told.id}?stream=true${query}`, { signal }, (response) =>
          readEvents(response, (json) => {
            this.#take(told, json, place++);
            return undefined;
          }),
        );
        assert.ok(told.ended, 'the stream ended without a terminal event');
        const { counts } = this.#ledger;
        if (told.ended.status === 'failed' && first > 0)
          counts.longestEndMs = Math.max(counts.longestEndMs, this.#victim.upMs);
        return;
      } catch (error) {
        if (signal.aborted) throw this.#fault(told, `no terminal event within ${this.endMs} ms`, error);
        this.#noteBreak(error, told);
      }
    }
  }

  /** Sees that a response is still there, and as it was told to have ended. */
  async look(told: ToldResponse): Promise<void> {
    // Another client may be told the end while this one waits for an answer that was made before.
    const { ended } = told;
    await this.persist(`/v1/responses/${told.id}`, {}, async (response) => {
      const text = await response.text();
      if (response.status !== 200) throw this.#fault(told, `it is ${response.status}: ${text}`);
      const resource: Schemas['Response'] = JSON.parse(text);
      if (!isRunning(resource)) this.end(told, resource);
      else if (ended) throw this.#fault(told, `it is ${resource.status} again`);
    });
  }

  /** The response was told to have ended like this. */
  end(told: ToldResponse, resource: Schemas['Response']): void {
    try {
      told.end(resource);
    } catch (error) {
      throw this.#fault(told, 'its end is not what it was or should be', error);
    }
  }

  /** Asks until a server lives long enough to answer: for what may be asked twice. */
  async persist<T>(path: string, init: RequestInit, read: (response: Response) => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await this.#victim.ask(path, init, read);
      } catch (error) {
        if (!(error instanceof ServerGone)) throw error;
      }
    }
  }

  #open(id: string, turn: Turn): ToldResponse {
    const told = this.#ledger.told.get(id) ?? new ToldResponse(id, turn);
    this.#ledger.told.set(id, told);
    return told;
  }

  async #readStream(
    response: Response,
    turn: Turn,
    { leaveAfter = Infinity, onTold }: Attempt & OnTold,
  ): Promise<void> {
    let place = 0;
    let told: ToldResponse | undefined;
    await readEvents(response, (json) => {
      told ??= this.#open(JSON.parse(json).response.id, turn);
      onTold(told);
      this.#take(told, json, place++);
      return place >= leaveAfter ? 'stop' : undefined;
    });
  }

  #take(told: ToldResponse, json: string, place: number): void {
    try {
      told.take(json, place);
    } catch (error) {
      throw this.#fault(told, 'a stream is not what it was or should be', error);
    }
    this.#ledger.counts.events += 1;
    this.onEvent();
  }

  async #readReply(response: Response, turn: Turn, { outcome, isKeyed }: ReplyPlace): Promise<void> {
    const text = await response.text();
    const body = JSON.parse(text);
    if (response.status >= 500 && isKeyed) {
      assert.match(body.error.message, /server stopped|store cannot be reached/);
      outcome.failed = true;
      return;
    }
    assert.equal(response.status, 200, text);
    outcome.told = this.#open(body.id, turn);
    if (!isRunning(body)) this.end(outcome.told, body);
  }

  /** A dead server's lock on a conversation is respected until its lease has run out. */
  async #expectLock(response: Response, { conversation }: Turn): Promise<void> {
    const text = await response.text();
    assert.ok(conversation, text);
    assert.match(text, /conversation_locked/);
    assert.ok(this.#victim.upMs < this.endMs, `a conversation is locked ${this.#victim.upMs} ms after the start`);
    this.#ledger.counts.conversationsLocked += 1;
    await pause(lockPollMs);
  }

  #noteBreak(error: unknown, told: ToldResponse | undefined): void {
    if (!(error instanceof ServerGone)) throw told ? this.#fault(told, 'a request failed', error) : error;
    this.#ledger.counts.cutOff += 1;
    told?.note(`cut off after ${told.events.length} events`);
  }

  #fault(told: ToldResponse, what: string, cause?: unknown): Error {
    if (cause instanceof ToldFault) return cause;
    const detail = cause instanceof Error ? `: ${cause.message}` : '';
    return new ToldFault(`${told.id}: ${what}${detail}\n${told.history}\n  ${told.events.join('\n  ')}`, { cause });
  }
}

class ToldFault extends Error {}

const isRunning = ({ status }: Schemas['Response']): boolean => status === 'queued' || status === 'in_progress';
