import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type ConversationId, createConversationId, createResponseId, type ResponseId } from '../../../src/ids.ts';
import type { StoredItem } from '../../../src/store/stored-item.ts';
import { createRandom } from '../../helpers/random.ts';
import { createConversation, createItem } from '../stored-conversation.ts';
import { createStoredResponse, tenant } from '../stored-response.ts';
import { ModelConversations } from './model-conversations.ts';
import type { OpenStore, StoreUnderTest } from './open-store.ts';

const steps = 300;
const maximum = 5;

export function conversationWalkTests(open: OpenStore): void {
  for (const seed of [1, 2, 3, 4, 5]) {
    it(`behaves like the model over ${steps} random calls (seed ${seed})`, async () => {
      await using opened = await open(maximum);
      const walk = new Walk(opened, createRandom(seed));
      for (let step = 0; step < steps; step++) await walk.step();
    });
  }
}

/** Makes random calls to a store and the model, and compares their visible state after each. */
class Walk {
  readonly #opened: StoreUnderTest;
  readonly #random: (below: number) => number;
  readonly #model = new ModelConversations(maximum);
  readonly #responseIds: ResponseId[] = [createResponseId()];
  readonly #conversationIds: ConversationId[] = [createConversationId()];
  #said = 0;

  constructor(opened: StoreUnderTest, random: (below: number) => number) {
    this.#opened = opened;
    this.#random = random;
  }

  async step(): Promise<void> {
    await this.#call();
    // Reading conversations marks them as used, so the order of the reads matters.
    for (const id of this.#conversationIds) {
      const history = await this.#opened.store.conversations.history(tenant, id);
      assert.deepEqual(history?.items, this.#model.items(id));
    }
    const itemIds = Array.from({ length: 8 }, (_, index) => `msg_${index}`);
    const found = await this.#opened.store.responses.findItems(tenant, itemIds);
    for (const id of itemIds) assert.deepEqual(found.get(id), this.#model.findItem(id), id);
    await this.#opened.storedCount();
  }

  async #call(): Promise<void> {
    const { responses, conversations } = this.#opened.store;
    const responseId = this.#pick(this.#responseIds);
    const id = this.#pick(this.#conversationIds);
    switch (this.#random(8)) {
      case 0:
        assert.equal(await responses.delete(tenant, responseId), this.#model.deleteResponse(responseId));
        return;
      case 1:
        assert.equal(await conversations.delete(tenant, id), this.#model.delete(id));
        return;
      case 2: {
        const items = this.#say();
        assert.equal(await conversations.append(tenant, id, items), this.#model.append(id, items));
        return;
      }
      case 3: {
        const itemId = `msg_${this.#random(8)}`;
        assert.equal(await conversations.deleteItem(tenant, id, itemId), this.#model.deleteItem(id, itemId));
        return;
      }
      case 4:
        return this.#create();
      case 5:
        return this.#put(responseId, id);
      default:
        this.#responseIds.push(createResponseId());
        return this.#put(this.#responseIds.at(-1) ?? responseId, id);
    }
  }

  async #create(): Promise<void> {
    const conversation = createConversation({ items: this.#say() });
    this.#conversationIds.push(conversation.id);
    await this.#opened.store.conversations.create(conversation);
    this.#model.create(conversation.id, conversation.items);
  }

  async #put(id: ResponseId, conversationId: ConversationId): Promise<void> {
    const response = createStoredResponse({ id, conversationId, input: this.#say(), output: this.#say() });
    await this.#opened.store.responses.put(response);
    this.#model.put(id, conversationId, [...response.input, ...response.output]);
  }

  /** Creates up to three items with repeating ids and unique texts. */
  #say(): StoredItem[] {
    return Array.from({ length: this.#random(4) }, () => createItem(`${this.#said++}`, `msg_${this.#random(8)}`));
  }

  #pick<Id>(ids: Id[]): Id {
    const id = ids.at(-1 - Math.min(this.#random(ids.length), this.#random(8)));
    assert.ok(id !== undefined);
    return id;
  }
}
