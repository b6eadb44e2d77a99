import assert from 'node:assert/strict';
import { after, before, describe, it, test } from 'node:test';
import { readTree } from '../../src/admin/read-tree.ts';
import { toConfig } from '../../src/config/config.ts';
import { readEnvironment } from '../../src/config/env.ts';
import { hashKey } from '../../src/config/hash-key.ts';
import { limits } from '../../src/config/limits.ts';
import type { Schemas } from '../../src/contract/types.ts';
import { openStore } from '../../src/store/open-store.ts';
import { checkedFetch } from '../helpers/contract-check.ts';
import { storeKinds } from '../helpers/store-urls.ts';
import { createClient, startTalaria, type TestServer } from '../helpers/talaria.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { type ConfigOnDisk, writeConfig } from '../helpers/write-config.ts';
import { createChain } from '../store/stored-response.ts';
import { createOperator, type Operator, type Response } from './operator.ts';

const config = `
agents:
  main: { url: "offline:" }
  spare: { url: "http://user-agent.invalid:9/v1?key=secret" }
tenants:
  acme: { limits: { tokens_per_day: 100000 } }
  beta: {}
keys:
  - { name: acme-app, tenant: acme, hash: "${hashKey('acme')}" }
  - { name: beta-app, tenant: beta, hash: "${hashKey('beta')}" }
  - { name: ops, role: operator, hash: "${hashKey('ops')}" }
`;

test('a chain of more responses than a tree returns has no root in it', async () => {
  await using store = await openStore(toConfig(readEnvironment({ STORE_URL: 'memory:' })).store);
  const chain = createChain(limits.treeNodes + 2);
  for (const response of chain) await store.responses.put(response);
  const idsOf = (responses: { id: string }[]) => responses.map(({ id }) => id);
  const end = await readTree(chain.at(-1)?.id ?? '', { store });
  assert.deepEqual([end.root, end.has_more, end.nodes[0]?.parent_id], [null, true, chain[1]?.id]);
  assert.deepEqual(idsOf(end.nodes), idsOf(chain.slice(2)));
});

for (const kind of storeKinds) {
  describe(`what is stored, for operators (${kind.name})`, () => {
    const stack = new AsyncDisposableStack();
    let server: TestServer;
    let operator: Operator;
    let file: ConfigOnDisk;
    before(async () => {
      file = stack.use(writeConfig(config));
      const { url } = stack.use(await kind.open());
      server = stack.use(await startTalaria({ TALARIA_CONFIG: file.path, STORE_URL: url }));
      operator = createOperator(server.url, 'ops');
    });
    after(() => stack.disposeAsync());

    it('is found by tenant, id, text and conversation, shown as a tree, and deleted', async () => {
      const acme = createClient(server.url, 'acme');
      const beta = createClient(server.url, 'beta');
      const say = (input: string, previous?: string) =>
        acme.responses.create({ model: 'main', input, previous_response_id: previous ?? null });
      const root = await say('The invoice of Müller, please.');
      const left = await say('/say The sum is 42.', root.id);
      const right = await say('And the date?', root.id);
      const theirs = await beta.responses.create({ model: 'main', input: 'Another INVOICE.' });
      const list = async (query: string) =>
        (await operator.get<Schemas['ResponseSummaryList']>(`/responses?${query}`)).data;
      const idsOf = async (query: string) => (await list(query)).map(({ id }) => id);
      assert.deepEqual(await idsOf('text=invoice'), [theirs.id, root.id]);
      assert.deepEqual(await idsOf(`text=${encodeURIComponent('sum is 42')}`), [left.id]);
      assert.deepEqual(await idsOf('tenant=acme'), [right.id, left.id, root.id]);
      const [found] = await list(`id=${left.id}`);
      assert.deepEqual(
        { ...found, created_at: 0 },
        {
          ...{ id: left.id, object: 'response.summary', tenant: 'acme', previous_response_id: root.id },
          ...{ conversation_id: null, created_at: 0, model: 'main', status: 'completed' },
          preview: '/say The sum is 42.',
        },
      );
      const read = await operator.get<Response>(`/responses/${left.id}`);
      assert.equal(read.output.length, 1);
      const items = await operator.get<Schemas['ItemList']>(`/responses/${root.id}/input_items`);
      assert.equal(items.data.length, 1);
      const events = await checkedFetch(`${server.url}/admin/v1/responses/${left.id}?stream=true`, {
        headers: { authorization: 'Bearer ops' },
      });
      assert.match(await events.text(), /event: response\.completed\n/);
      assert.deepEqual(await operator.delete(`/responses/${root.id}`), {
        id: root.id,
        object: 'response',
        deleted: true,
      });
      assert.equal(await operator.refusal('GET', `/responses/${root.id}`), '404 response_not_found');
      assert.equal(await operator.refusal('DELETE', `/responses/${root.id}`), '404 response_not_found');
      const tree = await operator.get<Schemas['ResponseTree']>(`/responses/${right.id}/tree`);
      assert.deepEqual([tree.tenant, tree.root, tree.has_more], ['acme', root.id, false]);
      assert.deepEqual(
        tree.nodes.map(({ id, parent_id, deleted, preview }) => [id, parent_id, deleted, preview]),
        [
          [root.id, null, true, null],
          [left.id, root.id, false, '/say The sum is 42.'],
          [right.id, root.id, false, 'And the date?'],
        ],
      );
      const conversation = await acme.conversations.create({ metadata: { topic: 'dates' } });
      const turn = await acme.responses.create({ model: 'main', input: 'Hi', conversation: conversation.id });
      assert.deepEqual(await idsOf(`conversation=${conversation.id}`), [turn.id]);
      const conversations = await operator.get<Schemas['ConversationSummaryList']>('/conversations');
      assert.deepEqual(
        conversations.data.map(({ id, tenant, items, metadata }) => ({ id, tenant, items, metadata })),
        [{ id: conversation.id, tenant: 'acme', items: 2, metadata: { topic: 'dates' } }],
      );
      const said = await operator.get<Schemas['ItemList']>(`/conversations/${conversation.id}/items?order=asc`);
      assert.equal(said.data.length, 2);
      await operator.delete(`/conversations/${conversation.id}`);
      assert.equal(
        await operator.refusal('GET', `/conversations/${conversation.id}/items`),
        '404 conversation_not_found',
      );
    });

    it('is counted: the load, by agent and tenant', async () => {
      const acme = createClient(server.url, 'acme');
      await acme.responses.create({ model: 'main', input: '/say Hello.' });
      await acme.responses.create({ model: 'main', input: '/status 500' }).catch(() => undefined);
      const load = (query = '') => operator.get<Schemas['Load']>(`/load${query}`);
      await waitUntil(async () => (await load('?tenant=acme')).points.some(({ errors }) => errors > 0));
      const hour = await load();
      assert.deepEqual([hour.to - hour.from, hour.step_seconds], [3600, 60]);
      const [point] = hour.points.filter(({ agent }) => agent === 'main').slice(-1);
      assert.ok(point && point.requests >= 2 && point.output_tokens > 0 && point.first_output_p95 !== null);
      assert.ok(hour.peaks.length > 0);
      const day = await load('?period=day');
      assert.deepEqual([day.to - day.from, day.step_seconds], [86_400, 900]);
      assert.deepEqual((await load('?tenant=nobody')).points, []);
      assert.deepEqual((await load('?tenant=acme')).peaks, [], 'peaks count the runs of all tenants');
      const { data } = await operator.get<Schemas['TenantList']>('/tenants');
      const tenant = data.find(({ id }) => id === 'acme');
      assert.deepEqual(tenant?.keys, ['acme-app']);
      assert.deepEqual(data.find(({ id }) => id === 'default')?.keys, ['ops'], 'it owns what the operator creates');
      assert.equal(tenant.limits.tokens_per_day, 100_000);
      assert.ok(tenant.usage.requests_last_day >= 2 && (tenant.usage.tokens_today ?? 0) > 0);
    });

    it('names the agents, without their secrets', async () => {
      const list = await operator.get<Schemas['AgentList']>('/agents');
      assert.deepEqual(list.data, [
        { name: 'main', object: 'agent', kind: 'offline', url: null, status: 'ok', models: ['offline'] },
        {
          ...{ name: 'spare', object: 'agent', kind: 'chat-completions', url: 'http://user-agent.invalid:9/v1' },
          ...{ status: 'failed', models: [] },
        },
      ]);
    });
  });
}
