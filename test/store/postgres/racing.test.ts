import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Store } from '../../../src/store/store.ts';
import { createRandom } from '../../helpers/random.ts';
import { createItems, keepConversation } from '../stored-conversation.ts';
import { createStoredResponse, tenant } from '../stored-response.ts';
import { turnIds } from '../suite/open-store.ts';
import { openTestDatabase, type TestDatabase } from './test-database.ts';
import { withTestServer } from './test-server.ts';

async function openTwo(database: TestDatabase): Promise<[Store, Store]> {
  const other = await database.another?.();
  assert.ok(other);
  return [database.store, other];
}

const times = <Result>(count: number, action: (index: number) => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => action(index)));

await withTestServer((server) => {
  describe('two servers on one database', () => {
    it('append to one conversation without gaps, each turn whole', async () => {
      await using database = await openTestDatabase(server);
      const stores = await openTwo(database);
      const { id } = await keepConversation(database.store);
      const turns = Array.from({ length: 40 }, () =>
        createStoredResponse({ conversationId: id, input: createItems('ab'), output: createItems('c') }),
      );
      const batches = Array.from({ length: 40 }, () => createItems('xyz'));
      await times(40, async (index) => {
        const [turn, batch, store] = [turns[index], batches[index], stores[index % 2]];
        assert.ok(turn && batch && store);
        await Promise.all([store.responses.put(turn), store.conversations.append(tenant, id, batch)]);
      });
      const items = (await database.store.conversations.history(tenant, id))?.items ?? [];
      assert.equal(items.length, 240);
      const groups = [...turns.map((turn) => [...turn.input, ...turn.output]), ...batches];
      for (const group of groups) {
        const start = items.findIndex((item) => item.id === group[0]?.id);
        assert.deepEqual(items.slice(start, start + 3), group);
      }
      await database.storedCount();
    });

    it('put the same response concurrently, and one of them wins completely', async () => {
      await using database = await openTestDatabase(server);
      const stores = await openTwo(database);
      const response = createStoredResponse();
      const versions = Array.from({ length: 30 }, (_, index) => ({
        ...response,
        createdAt: index,
        output: createItems('ab'),
      }));
      await times(30, async (index) => {
        const version = versions[index];
        assert.ok(version);
        await stores[index % 2]?.responses.put(version);
      });
      const stored = await database.store.responses.get(tenant, response.id);
      assert.deepEqual(stored, versions[stored?.createdAt ?? -1]);
      assert.equal(await database.storedCount(), 1);
    });

    it('continue a response that is being deleted: it is continued, or a new chain starts', async () => {
      await using database = await openTestDatabase(server);
      const [one, other] = await openTwo(database);
      for (let round = 0; round < 40; round++) {
        const parent = createStoredResponse();
        const child = createStoredResponse({ parentId: parent.id });
        await one.responses.put(parent);
        await Promise.all([one.responses.delete(tenant, parent.id), other.responses.put(child)]);
        const ids = turnIds(await one.responses.history(tenant, child.id));
        assert.ok(ids?.at(-1) === child.id && ids.length <= 2);
        assert.equal(await one.responses.get(tenant, parent.id), undefined);
      }
      const count = await database.storedCount();
      assert.ok(count >= 40 && count <= 80, `${count}`);
    });

    it('respect the limit under concurrent puts', async () => {
      await using database = await openTestDatabase(server, 7);
      const stores = await openTwo(database);
      await times(60, async (index) => stores[index % 2]?.responses.put(createStoredResponse()));
      assert.equal(await database.store.responses.count(), 7);
      assert.equal(await database.storedCount(), 7);
    });

    it('leave no orphaned row and no wrong count after random concurrent calls', async () => {
      await using database = await openTestDatabase(server, 20);
      const stores = await openTwo(database);
      const random = createRandom(7);
      const pick = <Value>(values: Value[]): Value => {
        const value = values[random(values.length)];
        assert.ok(value !== undefined);
        return value;
      };
      const conversations = [await keepConversation(stores[0]), await keepConversation(stores[0])];
      const responses = [createStoredResponse()];
      const act = async (): Promise<void> => {
        const { responses: store, conversations: talks, ...rest } = pick(stores);
        const [known, { id }] = [pick(responses), pick(conversations)];
        const response = createStoredResponse({ parentId: known.id, conversationId: id });
        switch (random(7)) {
          case 0:
            return void (await store.delete(tenant, known.id));
          case 1:
            return void (await store.put({ ...known, output: createItems('ab') }));
          case 2:
            return void (await talks.deleteItem(tenant, id, known.output[0]?.id ?? ''));
          case 3:
            return void (await rest.reap({ now: 5, logsBefore: 5, limit: 3 }));
          case 4:
            await talks.delete(tenant, id);
            conversations.push(await keepConversation(pick(stores)));
            return;
          default:
            responses.push(response);
            return store.put({ ...response, expiresAt: random(10) });
        }
      };
      await times(8, async () => {
        for (let step = 0; step < 40; step++) await act();
      });
      await database.store.responses.put(createStoredResponse());
      await database.storedCount();
      assert.ok((await database.store.responses.count()) <= 20);
    });

    it('take each orphaned run once', async () => {
      await using database = await openTestDatabase(server);
      const stores = await openTwo(database);
      await times(30, () =>
        database.store.runs.begin({ tenant, id: createStoredResponse().id, owner: 'dead', request: '{}', events: [] }),
      );
      await times(10, (index) => database.store.leases.renew(`server-${index}`, 60_000));
      const taken = await times(
        10,
        async (index) => (await stores[index % 2]?.runs.takeOrphans(`server-${index}`, 5, [])) ?? [],
      );
      const ids = taken.flat().map(({ id }) => id);
      assert.equal(new Set(ids).size, ids.length, 'no run was taken twice');
      ids.push(...(await database.store.runs.takeOrphans('last', 100, [])).map(({ id }) => id));
      assert.equal(new Set(ids).size, 30);
    });
  });
});
