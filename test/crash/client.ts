import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Schemas } from '../../src/contract/types.ts';
import type { Ledger } from './ledger.ts';
import { ObservedResponse, type Turn } from './observed-response.ts';
import { readEvents } from './read-events.ts';
import { ServerGone, type Victim } from './victim.ts';

export interface Attempt {
  key?: string;
  /** Ends the request. */
  signal?: AbortSignal;
  /** Events after which the client leaves. */
  leaveAfter?: number | undefined;
}

interface ReplyTarget {
  outcome: { observed?: ObservedResponse; failed?: boolean };
  isKeyed: boolean;
}

interface OnObserved {
  onObserved: (observed: ObservedResponse) => void;
}

/** `nothing`: the server died before it replied. `failed`: it replied that an earlier request with the key failed. */
export type Outcome = ObservedResponse | 'nothing' | 'failed';

const lockPollMs = 100;

/** A client of a server that may die at any time. Records in the ledger what the server sent. */
export class Client {
  readonly #victim: Victim;
  readonly #ledger: Ledger;
  /** Maximum milliseconds from the last outage to the end of a response, or to the reply to a key. */
  readonly endMs: number;
  /** Called for each received event, replayed ones included. */
  onEvent: () => void = () => {};

  constructor(victim: Victim, ledger: Ledger, endMs: number) {
    this.#victim = victim;
    this.#ledger = ledger;
    this.endMs = endMs;
  }

  /** Sends a request once. A client that is cut off keeps the events that it has read. */
  async create(turn: Turn, attempt: Attempt = {}): Promise<Outcome> {
    const { messages, ...fields } = turn;
    const body = JSON.stringify({ model: 'any', ...fields, input: messages.at(-1)?.text });
    const headers = { 'content-type': 'application/json', ...(attempt.key ? { 'Idempotency-Key': attempt.key } : {}) };
    const outcome: { observed?: ObservedResponse; failed?: boolean } = {};
    this.#ledger.counts.requests += 1;
    try {
      const init = { method: 'POST', headers, body, ...(attempt.signal ? { signal: attempt.signal } : {}) };
      await this.#victim.ask('/v1/responses', init, async (response) => {
        if (response.status === 409) await this.#expectLock(response, turn);
        else if (!turn.stream) await this.#readReply(response, turn, { outcome, isKeyed: attempt.key !== undefined });
        else
          await this.#readStream(response, turn, {
            ...attempt,
            onObserved: (observed) => (outcome.observed = observed),
          });
      });
    } catch (error) {
      this.#noteBreak(error, outcome.observed);
    }
    return outcome.observed ?? (outcome.failed ? 'failed' : 'nothing');
  }

  /** Reads from the last event on, through any number of crashes, until the terminal event. */
  async follow(observed: ObservedResponse, first: number = observed.events.length): Promise<void> {
    let position = first;
    for (;;) {
      const query = position === 0 ? '' : `&starting_after=${position - 1}`;
      // The start of a server does not count as waiting time.
      await this.#victim.untilUp();
      const signal = AbortSignal.timeout(this.endMs);
      this.#ledger.counts.streamsResumed += 1;
      observed.note(`read from ${position}`);
      try {
        await this.#victim.ask(`/v1/responses/${observed.id}?stream=true${query}`, { signal }, (response) =>
          readEvents(response, (json) => {
            this.#take(observed, json, position++);
            return undefined;
          }),
        );
        assert.ok(observed.ended, 'the stream ended without a terminal event');
        const { counts } = this.#ledger;
        if (observed.ended.status === 'failed' && first > 0)
          counts.longestEndMs = Math.max(counts.longestEndMs, this.#victim.upMs);
        return;
      } catch (error) {
        if (signal.aborted) throw this.#fault(observed, `no terminal event within ${this.endMs} ms`, error);
        this.#noteBreak(error, observed);
      }
    }
  }

  /** Checks that a response is still there, with the end that was observed. */
  async look(observed: ObservedResponse): Promise<void> {
    // Another client may observe the end while this one waits for an earlier reply.
    const { ended } = observed;
    await this.persist(`/v1/responses/${observed.id}`, {}, async (response) => {
      const text = await response.text();
      if (response.status !== 200) throw this.#fault(observed, `it is ${response.status}: ${text}`);
      const resource: Schemas['ResponseResource'] = JSON.parse(text);
      if (!isRunning(resource)) this.end(observed, resource);
      else if (ended) throw this.#fault(observed, `it is ${resource.status} again`);
    });
  }

  /** Records the observed end of a response. */
  end(observed: ObservedResponse, resource: Schemas['ResponseResource']): void {
    try {
      observed.end(resource);
    } catch (error) {
      throw this.#fault(observed, 'its end is not what it was or should be', error);
    }
  }

  /** Retries an idempotent request until a server lives long enough to reply. */
  async persist<T>(path: string, init: RequestInit, read: (response: Response) => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await this.#victim.ask(path, init, read);
      } catch (error) {
        if (!(error instanceof ServerGone)) throw error;
      }
    }
  }

  #open(id: string, turn: Turn): ObservedResponse {
    const observed = this.#ledger.observed.get(id) ?? new ObservedResponse(id, turn);
    this.#ledger.observed.set(id, observed);
    return observed;
  }

  async #readStream(
    response: Response,
    turn: Turn,
    { leaveAfter = Infinity, onObserved }: Attempt & OnObserved,
  ): Promise<void> {
    let position = 0;
    let observed: ObservedResponse | undefined;
    await readEvents(response, (json) => {
      observed ??= this.#open(JSON.parse(json).response.id, turn);
      onObserved(observed);
      this.#take(observed, json, position++);
      return position >= leaveAfter ? 'stop' : undefined;
    });
  }

  #take(observed: ObservedResponse, json: string, position: number): void {
    try {
      observed.take(json, position);
    } catch (error) {
      throw this.#fault(observed, 'a stream is not what it was or should be', error);
    }
    this.#ledger.counts.events += 1;
    this.onEvent();
  }

  async #readReply(response: Response, turn: Turn, { outcome, isKeyed }: ReplyTarget): Promise<void> {
    const text = await response.text();
    const body = JSON.parse(text);
    if (response.status >= 500 && isKeyed) {
      assert.match(body.error.message, /server stopped|store cannot be reached/);
      outcome.failed = true;
      return;
    }
    assert.equal(response.status, 200, text);
    outcome.observed = this.#open(body.id, turn);
    if (!isRunning(body)) this.end(outcome.observed, body);
  }

  /** Accepts a locked conversation, until the lease of the dead server that holds it has expired. */
  async #expectLock(response: Response, { conversation }: Turn): Promise<void> {
    const text = await response.text();
    assert.ok(conversation, text);
    assert.match(text, /conversation_locked/);
    assert.ok(this.#victim.upMs < this.endMs, `a conversation is locked ${this.#victim.upMs} ms after the start`);
    this.#ledger.counts.conversationsLocked += 1;
    await pause(lockPollMs);
  }

  #noteBreak(error: unknown, observed: ObservedResponse | undefined): void {
    if (!(error instanceof ServerGone)) throw observed ? this.#fault(observed, 'a request failed', error) : error;
    this.#ledger.counts.cutOff += 1;
    observed?.note(`cut off after ${observed.events.length} events`);
  }

  #fault(observed: ObservedResponse, what: string, cause?: unknown): Error {
    if (cause instanceof ResponseFault) return cause;
    const detail = cause instanceof Error ? `: ${cause.message}` : '';
    return new ResponseFault(
      `${observed.id}: ${what}${detail}\n${observed.history}\n  ${observed.events.join('\n  ')}`,
      { cause },
    );
  }
}

class ResponseFault extends Error {}

const isRunning = ({ status }: Schemas['ResponseResource']): boolean => status === 'queued' || status === 'in_progress';
