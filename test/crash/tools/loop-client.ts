import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../helpers/random.ts';
import { ObservedStream, type Resource } from '../observed-stream.ts';
import { readEvents } from '../read-events.ts';
import { ServerGone } from '../victim.ts';
import { checkEvents } from './check-events.ts';
import type { Fleet } from './fleet.ts';
import { createPlan, type LoopPlan, toMessage } from './loop-plan.ts';

type ApprovalRequest = Extract<Resource['output'][number], { type: 'mcp_approval_request' }>;

/** A loop whose end was observed: its responses, each of which continues the one before. */
export interface ObservedLoop {
  plan: LoopPlan;
  responses: ObservedStream[];
  /** Answers by the id of the request. */
  answers: Map<string, boolean>;
}

/** How a request is sent, and how its result is read. */
interface Sending {
  background: boolean;
  stream: boolean;
  /** A request without a key is sent once: its reply may be lost. */
  key?: string;
}

const tools = [
  {
    type: 'mcp',
    server_label: 'ledger',
    require_approval: {
      always: { tool_names: ['guarded'] },
      never: { tool_names: ['append', 'read', 'put'] },
    },
  },
];
const attemptMs = 30_000;
const retryMs = 20;

export interface LoopClientOptions {
  fleet: Fleet;
  random: Random;
  /** Calls of a loop, about. */
  length: number;
  /** Maximum milliseconds from the last kill or start to the end of a response. */
  endMs: number;
  onEvent: () => void;
}

/** A client that drives loops to their end, and answers approvals twice at once. */
export class LoopClient {
  readonly counts = {
    loops: 0,
    lostReplies: 0,
    approvals: 0,
    denied: 0,
    conflicts: 0,
    resumedStreams: 0,
    events: 0,
  };
  readonly #options: LoopClientOptions;

  constructor(options: LoopClientOptions) {
    this.#options = options;
  }

  /** Runs one loop. Returns `undefined` if the reply to its request was lost. */
  async run(name: string): Promise<ObservedLoop | undefined> {
    const { random, length } = this.#options;
    const plan = createPlan(name, random, length);
    const body = { model: 'any', tools, input: toMessage(plan) };
    const first = await this.#respond(body, this.#toSending(name));
    if (!first) {
      this.counts.lostReplies += 1;
      return undefined;
    }
    const loop: ObservedLoop = { plan, responses: [first], answers: new Map() };
    for (let requests = requestsOf(first); requests.length > 0; ) {
      const next = await this.#answer(loop, requests);
      loop.responses.push(next);
      requests = requestsOf(next);
    }
    this.counts.loops += 1;
    return loop;
  }

  #toSending(name: string): Sending {
    const { random } = this.#options;
    const sending = { background: random(2) === 0, stream: random(2) === 0 };
    // A request outside the background and without a key ends with its connection.
    return sending.background && random(2) === 0 ? sending : { ...sending, key: `key-of-${name}` };
  }

  /**
   * Sends the same decision with two keys at once: one of them is honoured. Denials alone are sent once, since they can be
   * repeated: both requests would run the rest of the loop.
   */
  async #answer(loop: ObservedLoop, requests: readonly ApprovalRequest[]): Promise<ObservedStream> {
    const { random } = this.#options;
    const input = requests.map(({ id }) => {
      const approve = random(5) > 0;
      loop.answers.set(id, approve);
      this.counts[approve ? 'approvals' : 'denied'] += 1;
      return { type: 'mcp_approval_response', approval_request_id: id, approve };
    });
    const previous = loop.responses.at(-1)?.id;
    const body = { model: 'any', tools, input, previous_response_id: previous };
    const send = (key: string) => this.#respond(body, { ...this.#toSending(key), key });
    const rivals = input.some(({ approve }) => approve) ? ['a', 'b'] : ['a'];
    const outcomes = await Promise.all(rivals.map((rival) => send(`${previous}-${rival}`)));
    const done = outcomes.filter((outcome) => outcome !== undefined);
    assert.equal(done.length, 1, `${previous}: the approval was honoured ${done.length} times`);
    this.counts.conflicts += rivals.length - 1;
    return done[0] as ObservedStream;
  }

  /**
   * Creates a response and reads it to its end. Returns `undefined` if the reply to a request without a key was lost, or if
   * another request has used the approval.
   */
  async #respond(body: object, sending: Sending): Promise<ObservedStream | undefined> {
    const observed: { stream?: ObservedStream; isRefused?: boolean } = {};
    do {
      try {
        await this.#create(body, sending, observed);
        if (observed.isRefused) return undefined;
      } catch (error) {
        this.#noteBreak(error, observed.stream);
        await pause(retryMs);
      }
    } while (sending.key !== undefined && !observed.stream);
    const { stream } = observed;
    if (stream) await this.#settle(stream);
    return stream && isConflict(stream) ? undefined : stream;
  }

  async #create(
    body: object,
    { key, background, stream }: Sending,
    observed: { stream?: ObservedStream; isRefused?: boolean },
  ): Promise<void> {
    const headers = { 'content-type': 'application/json', ...(key ? { 'Idempotency-Key': key } : {}) };
    const init = { method: 'POST', headers, body: JSON.stringify({ ...body, background, stream }) };
    const signal = AbortSignal.timeout(attemptMs);
    await this.#options.fleet.ask('/v1/responses', { ...init, signal }, async (response) => {
      if (response.status === 409) {
        const text = await response.text();
        observed.isRefused = text.includes('approval_conflict');
        assert.ok(observed.isRefused, text);
        return;
      }
      if (!stream) {
        const text = await response.text();
        assert.equal(response.status, 200, text);
        const resource: Resource = JSON.parse(text);
        observed.stream = new ObservedStream(resource.id);
        if (!isRunning(resource)) observed.stream.end(resource);
        return;
      }
      let position = 0;
      await readEvents(response, (json) => {
        observed.stream ??= new ObservedStream(JSON.parse(json).response.id);
        this.#take(observed.stream, json, position++);
        return undefined;
      });
    });
  }

  /** Reads a response to its end, reads it again from the start, and checks its events and its stored form. */
  async #settle(stream: ObservedStream): Promise<void> {
    const { fleet } = this.#options;
    await this.#follow(stream, stream.events.length);
    await this.#follow(stream, 0);
    await fleet.persist(`/v1/responses/${stream.id}`, {}, async (response) => {
      const text = await response.text();
      assert.equal(response.status, 200, text);
      this.#check(stream, () => stream.end(JSON.parse(text)));
    });
    this.#check(stream, () => {
      assert.ok(stream.ended);
      if (isConflict(stream)) assert.deepEqual(stream.ended.output, []);
      else assert.equal(stream.ended.status, 'completed', JSON.stringify(stream.ended.error));
      checkEvents(stream.events, stream.ended);
    });
  }

  async #follow(stream: ObservedStream, first: number): Promise<void> {
    const { fleet, endMs } = this.#options;
    let position = first;
    for (;;) {
      const query = position === 0 ? '' : `&starting_after=${position - 1}`;
      const signal = AbortSignal.timeout(attemptMs);
      this.counts.resumedStreams += 1;
      stream.note(`read from ${position}`);
      try {
        await fleet.ask(`/v1/responses/${stream.id}?stream=true${query}`, { signal }, (response) =>
          readEvents(response, (json) => {
            this.#take(stream, json, position++);
            return undefined;
          }),
        );
        return this.#check(stream, () => assert.ok(stream.ended, 'the stream ended without a terminal event'));
      } catch (error) {
        this.#check(stream, () =>
          assert.ok(fleet.quietMs < endMs, `no terminal event ${fleet.quietMs} ms after a kill`),
        );
        this.#noteBreak(error, stream);
      }
    }
  }

  #take(stream: ObservedStream, json: string, position: number): void {
    this.#check(stream, () => stream.take(json, position));
    this.counts.events += 1;
    this.#options.onEvent();
  }

  /** Accepts a connection that a kill broke, and a reply that takes long after one. */
  #noteBreak(error: unknown, stream: ObservedStream | undefined): void {
    const { fleet, endMs } = this.#options;
    const isSlow = error instanceof DOMException && error.name === 'TimeoutError' && fleet.quietMs < endMs;
    if (!isSlow && !(error instanceof ServerGone)) throw error;
    stream?.note(`cut off after ${stream.events.length} events`);
  }

  /** Adds the events of the response to a failed check. */
  #check(stream: ObservedStream, check: () => void): void {
    try {
      check();
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      throw new Error(`${stream.id}: ${what}\n${stream.history}\n  ${stream.events.join('\n  ')}`, { cause: error });
    }
  }
}

const requestsOf = ({ ended }: ObservedStream): ApprovalRequest[] =>
  ended?.output.filter((item) => item.type === 'mcp_approval_request') ?? [];

/** Whether a response in the background failed because another one has used its approval. */
const isConflict = ({ ended }: ObservedStream): boolean =>
  ended?.status === 'failed' && ended.error?.code === 'approval_conflict';

const isRunning = ({ status }: Resource): boolean => status === 'queued' || status === 'in_progress';
