import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createResponseId, type ResponseId } from '../../../src/ids.ts';
import { createStoredResponse, tenant } from '../stored-response.ts';
import { ModelStore } from './model-store.ts';
import { type OpenStore, type StoreUnderTest, turnIds } from './open-store.ts';

const steps = 300;
const maxResponses = 6;

export function wholeTests(open: OpenStore): void {
  for (const seed of [1, 2, 3, 4, 5]) {
    it(`does what the rules say over ${steps} random calls (seed ${seed})`, async () => {
      await using opened = await open(maxResponses);
      const model = new ModelStore(maxResponses);
      const random = createRandom(seed);
      const known: ResponseId[] = [createResponseId()];
      for (let step = 0; step < steps; step++) await takeStep({ opened, model, random, known });
    });
  }

  it('says that it is ready', async () => {
    await using opened = await open();
    await opened.store.check();
  });

  it('refuses every call once it is closed, and can be closed twice', async () => {
    const opened = await open();
    const { store } = opened;
    const response = createStoredResponse();
    await store.responses.put(response);
    await store[Symbol.asyncDispose]();
    await store[Symbol.asyncDispose]();
    const unavailable = { name: 'ApiError', code: 'store_unavailable', status: 503 };
    await assert.rejects(store.responses.get(tenant, response.id), unavailable);
    await assert.rejects(store.responses.history(tenant, response.id), unavailable);
    await assert.rejects(store.responses.put(response), unavailable);
    await assert.rejects(store.responses.delete(tenant, response.id), unavailable);
    await assert.rejects(store.responses.count(), unavailable);
    await assert.rejects(store.check(), unavailable);
  });
}

interface Walk {
  opened: StoreUnderTest;
  model: ModelStore;
  random: (below: number) => number;
  /** Every id so far, the visible, the hidden and the purged. */
  known: ResponseId[];
}

async function takeStep({ opened, model, random, known }: Walk): Promise<void> {
  const { responses } = opened.store;
  // Mostly recent ids: chains grow, and what is hidden is still named now and then.
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
  assert.equal(opened.kept(), model.kept);
}

/** Linear congruential: the same calls for the same seed, everywhere. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
