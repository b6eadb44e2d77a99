import assert from 'node:assert/strict';
import type { Schemas } from '../../src/contract/types.ts';
import { type AnsweringUpstream, type Message, toAnswer } from './answer.ts';
import type { Client } from './client.ts';
import { type Ledger, longestChain, type ObservedConversation } from './ledger.ts';
import { ObservedResponse, type Turn, textOf } from './observed-response.ts';
import type { Victim } from './victim.ts';

export interface ActionsParts {
  client: Client;
  ledger: Ledger;
  victim: Victim;
  upstream: AnsweringUpstream;
}

type Random = (below: number) => number;

/** The actions of a client, each from its first request until its end is known and checked. */
export class Actions {
  readonly #parts: ActionsParts;

  constructor(parts: ActionsParts) {
    this.#parts = parts;
  }

  /** Performs a random action. */
  async act(random: Random): Promise<void> {
    switch (random(4)) {
      case 0:
        return this.takeTurn(random);
      case 1:
        return this.repeat(random);
      default: {
        const leaf = random(3) > 0 ? this.#parts.ledger.takeLeaf(random) : undefined;
        return this.respond(this.toTurn(random, leaf), random);
      }
    }
  }

  toTurn(random: Random, parent?: ObservedResponse): Turn {
    const messages: Message[] = [...(parent?.continued ?? []), { role: 'user', text: this.#parts.ledger.nextText() }];
    const turn = { messages, stream: random(3) > 0, background: random(2) === 0 };
    return parent ? { ...turn, previous_response_id: parent.id } : turn;
  }

  /** Creates a standalone response, or the next one of a chain. */
  async respond(turn: Turn, random: Random): Promise<void> {
    const { client } = this.#parts;
    // Leaving a stream that is not in the background would stop it.
    const leaveAfter = turn.background && random(3) === 0 ? 1 + random(12) : undefined;
    const outcome = await client.create(turn, { leaveAfter });
    if (outcome instanceof ObservedResponse) await this.settle(outcome);
  }

  /** Takes the next turn of a conversation, and checks that each earlier turn is there once and whole. */
  async takeTurn(random: Random): Promise<void> {
    const { client, ledger } = this.#parts;
    const conversation = ledger.freeConversations.shift() ?? (await this.#openConversation());
    const said = await this.readConversation(conversation);
    const { messages, ...kind } = this.toTurn(random);
    const turn = { ...kind, messages: [...said, ...messages], conversation: conversation.id };
    const outcome = await client.create(turn);
    if (outcome instanceof ObservedResponse) {
      await this.settle(outcome);
      if (outcome.ended?.status === 'completed') conversation.turns.push(outcome);
    }
    // A background turn whose reply was lost may still be added to the conversation.
    const isCertain = outcome instanceof ObservedResponse || !turn.background;
    if (isCertain && turn.messages.length < 2 * longestChain) ledger.freeConversations.push(conversation);
  }

  /** Retries a keyed request until its end is known, and sends it once more. */
  async repeat(random: Random): Promise<void> {
    const { client, ledger, victim, upstream } = this.#parts;
    const turn = this.toTurn(random);
    const text = turn.messages.at(-1)?.text ?? '';
    const key = `key-of-${text.replace(' ', '-')}`;
    const { pastTroubles } = victim;
    const made = new Set<ObservedResponse>();
    const startedAt = Date.now();
    const quietMs = () => Math.min(victim.upMs, Date.now() - startedAt);
    const create = async (leaveAfter?: number) => {
      await victim.untilUp();
      const signal = AbortSignal.timeout(client.endMs);
      const outcome = await client.create(turn, { key, leaveAfter, signal }).catch((error: unknown) => {
        if (!signal.aborted) throw error;
        // A server that started meanwhile gets the full time.
        assert.ok(quietMs() < client.endMs, `${key} is not answered ${quietMs()} ms after the last trouble`);
        return 'nothing' as const;
      });
      if (outcome instanceof ObservedResponse) made.add(outcome);
      return outcome;
    };
    let done: ObservedResponse | undefined;
    for (let isOver = false; !isOver; ) {
      const attempts = Array.from({ length: 1 + random(2) }, () =>
        create(random(2) === 0 ? 1 + random(12) : undefined),
      );
      isOver = (await Promise.all(attempts)).includes('failed');
      if (random(2) === 0) for (const observed of made) if (!observed.ended) await this.settle(observed);
      done = [...made].find(isDone);
      isOver ||= done !== undefined;
      // A key stays reserved for the lease of a dead server at most.
      assert.ok(isOver || quietMs() < client.endMs, `${key} is not answered ${quietMs()} ms after the last trouble`);
      ledger.counts.longestKeyMs = Math.max(ledger.counts.longestKeyMs, quietMs());
    }
    const asked = upstream.asked(text);
    ledger.counts.keysRepeated += 1;
    await create();
    for (const observed of made) if (!observed.ended) await client.follow(observed);
    const histories = [...made].filter(isDone).map(({ id, history }) => `${id}:\n${history}`);
    assert.ok(histories.length <= 1, `${key} was done more than once:\n${histories.join('\n')}`);
    if (done) assert.equal(upstream.asked(text), asked, `the agent was called again for ${key}, which was done`);
    assert.ok(asked <= 1 + victim.troubles - pastTroubles, `the agent was called ${asked} times for ${key}`);
  }

  /** Reads a response to its end. Checks that it is stored like that, and that its replayed events are the same. */
  async settle(observed: ObservedResponse): Promise<void> {
    const { client, ledger } = this.#parts;
    if (!observed.ended) await client.follow(observed);
    await client.look(observed);
    await client.follow(observed, 0);
    ledger.settle(observed);
  }

  /** Returns the messages of a conversation. Checks that they are pairs of question and answer, none missing or repeated. */
  async readConversation({ id, turns }: ObservedConversation): Promise<Message[]> {
    const path = `/v1/conversations/${id}/items?order=asc&limit=100`;
    const items = await this.#parts.client.persist(path, {}, async (response): Promise<Schemas['ItemList']> => {
      assert.equal(response.status, 200, `${id} is ${response.status}`);
      return JSON.parse(await response.text());
    });
    const messages: Message[] = [];
    for (const item of items.data) {
      assert.ok(item.type === 'message' && (item.role === 'user' || item.role === 'assistant'), JSON.stringify(item));
      const text = item.content.map((part) => ('text' in part ? part.text : '')).join('');
      if ('phase' in item && item.phase === 'commentary') {
        assert.ok(toAnswer(messages).startsWith(text), `${id} has another reply that was cut`);
        continue;
      }
      const expected = messages.length % 2 === 0 ? 'user' : 'assistant';
      assert.equal(item.role, expected, `${id} has half a turn: ${JSON.stringify(items.data)}`);
      if (item.role === 'assistant') assert.equal(text, toAnswer(messages), `${id} has another answer`);
      messages.push({ role: item.role, text });
    }
    assert.equal(messages.length % 2, 0, `${id} ends with half a turn`);
    for (const turn of turns) {
      const answers = messages.filter(({ text }) => text === textOf(turn.ended ?? { output: [] }));
      assert.equal(answers.length, 1, `${id} has the turn ${turn.id} ${answers.length} times`);
    }
    return messages;
  }

  async #openConversation(): Promise<ObservedConversation> {
    const headers = { 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body: '{}' };
    const read = async (response: Response): Promise<Schemas['Conversation']> => {
      assert.equal(response.status, 200);
      return JSON.parse(await response.text());
    };
    const { id } = await this.#parts.client.persist('/v1/conversations', init, read);
    const conversation = { id, turns: [] };
    this.#parts.ledger.conversations.push(conversation);
    return conversation;
  }
}

/** Whether the key stays in use. A response that failed empty releases it. */
const isDone = ({ ended }: ObservedResponse): boolean =>
  ended?.status === 'completed' || (ended?.output.length ?? 0) > 0;
