import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createResponseId, type ResponseId } from '../../../src/ids.ts';
import { createRandom } from '../../helpers/random.ts';
import { createStoredChatCompletion } from '../stored-chat-completion.ts';
import { createConversation } from '../stored-conversation.ts';
import { createStoredResponse, tenant } from '../stored-response.ts';
import { createRun, owner } from '../stored-run.ts';
import { ModelStore } from './model-store.ts';
import { type OpenStore, type StoreUnderTest, turnIds } from './open-store.ts';

const steps = 300;
const maxResponses = 6;

export function wholeTests(open: OpenStore): void {
  for (const seed of [1, 2, 3, 4, 5]) {
    it(`behaves like the model over ${steps} random calls (seed ${seed})`, async () => {
      await using opened = await open(maxResponses);
      const model = new ModelStore(maxResponses);
      const random = createRandom(seed);
      const known: ResponseId[] = [createResponseId()];
      for (let step = 0; step < steps; step++) await takeStep({ opened, model, random, known });
    });
  }

  it('reports that it is ready', async () => {
    await using opened = await open();
    await opened.store.check();
  });

  it('rejects every call once it is closed, and can be closed twice', async () => {
    const opened = await open();
    const { store } = opened;
    const response = createStoredResponse();
    await store.responses.put(response);
    await store[Symbol.asyncDispose]();
    await store[Symbol.asyncDispose]();
    const { responses, conversations, chatCompletions, runs, leases, idempotency } = store;
    const run = createRun();
    const reservation = { ...run, key: 'key', fingerprint: 'print', expiresAt: 1 };
    const conversation = createConversation();
    const completion = createStoredChatCompletion();
    const page = { limit: 1, order: 'asc' } as const;
    const calls = [
      () => responses.get(tenant, response.id),
      () => responses.history(tenant, response.id),
      () => responses.findItems(tenant, []),
      () => responses.put(response),
      () => responses.delete(tenant, response.id),
      () => responses.count(),
      () => conversations.create(conversation),
      () => conversations.get(tenant, conversation.id),
      () => conversations.update(tenant, conversation.id, {}),
      () => conversations.delete(tenant, conversation.id),
      () => conversations.items(tenant, conversation.id, page),
      () => conversations.history(tenant, conversation.id),
      () => conversations.item(tenant, conversation.id, 'msg_1'),
      () => conversations.append(tenant, conversation.id, []),
      () => conversations.deleteItem(tenant, conversation.id, 'msg_1'),
      () => chatCompletions.put(completion),
      () => chatCompletions.get(tenant, completion.id),
      () => chatCompletions.list(tenant, page),
      () => chatCompletions.updateMetadata(tenant, completion.id, {}),
      () => chatCompletions.delete(tenant, completion.id),
      () => runs.begin(run),
      () => runs.append(run, []),
      () => runs.end(run, []),
      () => runs.read(tenant, run.id, { after: -1, limit: 1 }),
      () => runs.cancel(tenant, run.id),
      () => runs.cancelled(owner),
      () => runs.takeOrphans(owner, 1, []),
      () => leases.renew(owner, 1),
      () => leases.release(owner),
      () => leases.lock(owner, 'name'),
      () => leases.unlock(owner, 'name'),
      () => idempotency.reserve(reservation),
      () => idempotency.free(tenant, run.id),
      () => store.reap({ now: 1, logsBefore: 1, limit: 1 }),
      () => store.secret('name'),
      () => store.check(),
    ];
    const unavailable = { name: 'ApiError', code: 'store_unavailable', status: 503 };
    for (const call of calls) await assert.rejects(call, unavailable, `${call}`);
  });
}

interface Walk {
  opened: StoreUnderTest;
  model: ModelStore;
  random: (below: number) => number;
  /** All ids: visible, hidden and purged. */
  known: ResponseId[];
}

async function takeStep({ opened, model, random, known }: Walk): Promise<void> {
  const { responses } = opened.store;
  // Mostly recent ids, so that chains grow and hidden responses are used occasionally.
  const id = known.at(-1 - Math.min(random(known.length), random(12))) ?? createResponseId();
  switch (random(6)) {
    case 0:
      assert.equal(await responses.delete(tenant, id), model.delete(id));
      break;
    case 1: {
      const parentId = known[random(known.length)];
      await responses.put(createStoredResponse({ id, parentId }));
      model.put(id, parentId);
      break;
    }
    case 2:
      assert.deepEqual(turnIds(await responses.history(tenant, id)), model.history(id));
      break;
    default: {
      const response = createStoredResponse({ parentId: id });
      known.push(response.id);
      await responses.put(response);
      model.put(response.id, id);
    }
  }
  assert.equal(await responses.count(), model.count);
  assert.equal(await opened.storedCount(), model.storedCount);
}
