import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { hashKey } from '../../src/config/hash-key.ts';
import { storeKinds } from '../helpers/store-urls.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { writeConfig } from '../helpers/write-config.ts';
import { type Arena, startArena } from './arena.ts';

interface Sent {
  status: number;
  body: { id: string; error?: { code: string; param: string | null; message: string } };
}

/** Sends JSON, compressed if it is large. */
async function request(
  { server }: Arena,
  path: string,
  { body, key, method = body === undefined ? 'GET' : 'POST' }: { body?: object; key?: string; method?: string } = {},
): Promise<Sent> {
  const headers = {
    'content-type': 'application/json',
    'content-encoding': 'gzip',
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
  };
  const options = body === undefined ? {} : { body: gzipSync(JSON.stringify(body)) };
  const response = await fetch(server.url + path, { method, headers, ...options });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

const megabytes = (count: number): string => 'a'.repeat(count * 1024 * 1024);
const says = (text: string) => ({ role: 'user', content: text });

for (const kind of storeKinds) {
  describe(`the state in ${kind.name}`, () => {
    /** Before: turn 28 of 31 MB each blocked for 5 s, turn 40 for 18 s, and turn 44 took 4.3 GB. */
    test('a chain that grows by 10 KB of gzip per turn is refused before it is read', async () => {
      await using store = await kind.open();
      await using arena = await startArena({ settings: { STORE_URL: store.url } });
      let previous: string | undefined;
      const statuses: number[] = [];
      for (let turn = 0; turn < 6; turn++) {
        const body = { input: [says(megabytes(10)), says('/say Yes')], previous_response_id: previous };
        const sent = await request(arena, '/v1/responses', { body });
        statuses.push(sent.status);
        if (sent.status === 200) previous = sent.body.id;
        else assert.deepEqual([sent.body.error?.code, sent.body.error?.param], refusal('previous_response_id'));
      }
      assert.deepEqual(statuses, [200, 200, 200, 400, 400, 400]);
      const cut = { input: '/say Still here', previous_response_id: previous, truncation: 'auto' };
      assert.equal((await request(arena, '/v1/responses', { body: cut })).status, 200);
      // A conversation is refused in the same way, although items can be added to it at any length.
      const { id: conversation } = (await request(arena, '/v1/conversations', { body: {} })).body;
      for (let count = 0; count < 4; count++) {
        const body = { items: [says(megabytes(10))] };
        assert.equal((await request(arena, `/v1/conversations/${conversation}/items`, { body })).status, 200);
      }
      const turn = await request(arena, '/v1/responses', { body: { input: '/say Yes', conversation } });
      assert.deepEqual([turn.status, turn.body.error?.code, turn.body.error?.param], [400, ...refusal('conversation')]);
      await arena.assertUnharmed();
    });

    /** Each reference is replaced by the whole item, so a request of 3 MB would become 31 GB. */
    test('an item of 1 MB that is referenced ten thousand times is refused', async () => {
      await using store = await kind.open();
      await using arena = await startArena({ settings: { STORE_URL: store.url } });
      const { id } = (await request(arena, '/v1/conversations', { body: {} })).body;
      const items = [{ ...says(megabytes(1)), type: 'message', id: 'msg_large' }];
      assert.equal((await request(arena, `/v1/conversations/${id}/items`, { body: { items } })).status, 200);
      const reference = { type: 'item_reference', id: 'msg_large' };
      const input = Array.from({ length: 10_000 }, () => reference);
      const sent = await request(arena, '/v1/responses', { body: { input } });
      assert.deepEqual([sent.status, sent.body.error?.code, sent.body.error?.param], [400, ...refusal('input')]);
      await arena.assertUnharmed();
    });

    /** Before: a 500 with PostgreSQL, whose text type excludes NUL. */
    test('a NUL or another odd value in a cursor, a filter or an id is a 400 or a 404', async () => {
      await using store = await kind.open();
      await using arena = await startArena({ settings: { STORE_URL: store.url } });
      const { id } = (await request(arena, '/v1/conversations', { body: {} })).body;
      const created = await request(arena, '/v1/responses', { body: { input: '/say \u0000\ud800' } });
      const statuses: [string, number][] = [];
      for (const odd of ['%00', 'a%00b', '%ED%A0%80', '%EF%BF%BF', "'%5C%25", '%1E%00', `${'x'.repeat(8000)}%00`, '']) {
        for (const path of [
          `/v1/chat/completions?after=${odd}`,
          `/v1/chat/completions/${odd}`,
          `/v1/chat/completions/${odd}/messages?after=${odd}`,
          `/v1/conversations/${id}/items?after=${odd}`,
          `/v1/conversations/${id}/items/${odd}`,
          `/v1/conversations/${odd}`,
          `/v1/responses/${odd}`,
          `/v1/responses/${created.body.id}/input_items?after=${odd}`,
        ]) {
          statuses.push([path.slice(0, 80), (await request(arena, path)).status]);
        }
        const filter = await request(arena, `/v1/chat/completions?metadata[k]=${odd}&model=${odd}`);
        assert.ok(filter.status < 500, `${filter.status}`);
      }
      assert.deepEqual(
        statuses.filter(([, status]) => status >= 500),
        [],
      );
      // Before: 1e999 disabled the limit, and was a 500 with PostgreSQL.
      for (const odd of ['1e999', '-1', '9007199254740993', '0x10', '1.5', 'NaN', '%00', '0', '101']) {
        for (const path of [`/v1/chat/completions?limit=${odd}`, `/v1/conversations/${id}/items?limit=${odd}`]) {
          assert.equal((await request(arena, path)).status, 400, path);
        }
      }
      await arena.assertUnharmed();
    });

    /** Before: storage of a tenant was unbounded. */
    test('a tenant stores no more than its quota until it deletes something', async () => {
      using config = writeConfig(`
tenants:
  small: { limits: { storage_bytes: 2000000 } }
  large:
keys:
  - { name: small, tenant: small, hash: "${hashKey('tlr_small')}" }
  - { name: large, tenant: large, hash: "${hashKey('tlr_large')}" }
`);
      await using store = await kind.open();
      const settings = { STORE_URL: store.url, TALARIA_CONFIG: config.path };
      await using arena = await startArena({ settings, key: 'tlr_large' });
      const key = 'tlr_small';
      const large = [says(megabytes(1)), says('/say Yes')];
      const create = (fields: object = {}) =>
        request(arena, '/v1/responses', { body: { input: large, ...fields }, key });
      const first = await create();
      assert.equal(first.status, 200);
      const refused = [
        await create(),
        await create({ background: true }),
        await request(arena, '/v1/conversations', { body: { items: [says(megabytes(1))] }, key }),
        await request(arena, '/v1/chat/completions', { body: { messages: large, store: true }, key }),
      ];
      for (const { status, body } of refused) assert.deepEqual([status, body.error?.code], [429, 'insufficient_quota']);
      const path = `/v1/responses/${first.body.id}`;
      assert.equal((await create({ store: false })).status, 200);
      assert.equal((await request(arena, path, { key })).status, 200);
      assert.equal((await request(arena, '/v1/responses', { body: { input: large }, key: 'tlr_large' })).status, 200);
      assert.equal((await request(arena, path, { method: 'DELETE', key })).status, 200);
      await waitUntil(async () => (await create()).status === 200, 'room after the deletion');
      await arena.assertUnharmed();
    });
  });
}

/** Before: 100 responses were stored whatever their size. At 31 MB each they took more than 3 GB. */
for (const truncation of [undefined, 'auto']) {
  test(`large responses ${truncation ? 'in one chain ' : ''}do not exceed the bytes of the memory store`, async () => {
    await using arena = await startArena({ settings: { STORE_URL: 'memory:?max_bytes=35000000' } });
    const input = [says(megabytes(10)), says('/say Yes')];
    const made: string[] = [];
    const refused: unknown[] = [];
    for (let count = 0; count < 6; count++) {
      const body = { input, ...(truncation && made[0] ? { truncation, previous_response_id: made.at(-1) } : {}) };
      const sent = await request(arena, '/v1/responses', { body });
      if (sent.status === 200) made.push(sent.body.id);
      else refused.push([sent.status, sent.body.error?.code]);
    }
    // A chain is refused when its ancestors do not fit, while other responses are still stored.
    const full = [503, 'store_unavailable'];
    assert.deepEqual(refused, truncation ? [full, full, full] : []);
    assert.equal((await request(arena, '/v1/responses', { body: { input } })).status, 200);
    assert.equal((await request(arena, `/v1/responses/${made[0]}`)).status, 404);
    await arena.assertUnharmed();
  });
}

const refusal = (param: string) => ['context_length_exceeded', param];
