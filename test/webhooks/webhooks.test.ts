import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createKey, hashKey } from '../../src/config/hash-key.ts';
import { localStores } from '../helpers/local-stores.ts';
import { spawnTalaria } from '../helpers/spawn-talaria.ts';
import { createClient, startTalaria } from '../helpers/talaria.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { secret, startReceiver, type WebhookReceiver } from '../helpers/webhook-receiver.ts';
import { writeConfig } from '../helpers/write-config.ts';
import { call, startMcpTalaria, use } from '../mcp/mcp-talaria.ts';
import { startCurrentServer } from '../mcp/servers/http-server.ts';

const endpointOf = ({ url }: WebhookReceiver, more: object = {}) => ({ url, secret, allow_private: true, ...more });
const variablesOf = ({ url }: WebhookReceiver) => ({
  WEBHOOK_URL: url,
  WEBHOOK_SECRET: secret,
  WEBHOOK_ALLOW_PRIVATE: '1',
});
const inBackground = (input: string) => ({ model: 'offline', input, background: true });

/** Returns the types of the received events, with the ids that they are about. */
const summarize = async (receiver: WebhookReceiver) =>
  (await receiver.unwrapAll()).map(({ type, data }) => [type, data['id']]).sort();

describe('webhooks', () => {
  test('announce the end of background responses, whatever it is, and of no others', async () => {
    await using receiver = await startReceiver();
    await using server = await startTalaria(variablesOf(receiver));
    const { openai } = server;
    await openai.responses.create({ model: 'offline', input: 'Hi' });
    await openai.responses.create({ model: 'offline', input: 'Hi', store: false });
    await openai.chat.completions.create({ model: 'offline', messages: [{ role: 'user', content: 'Hi' }] });
    const ids = new Map<string, string>();
    const begin = async (status: string, input: string) => {
      const { id } = await openai.responses.create(inBackground(input));
      ids.set(`response.${status}`, id);
      return id;
    };
    const before = Math.floor(Date.now() / 1000);
    await begin('completed', '/say Done.');
    await begin('incomplete', '/limit 1\n/tokens 5');
    await begin('failed', '/break after 1\n/tokens 5');
    await openai.responses.cancel(await begin('cancelled', '/wait 60000ms'));
    await waitUntil(() => receiver.received.length >= ids.size);
    await sleep(50);
    assert.deepEqual(await summarize(receiver), [...ids].sort());
    for (const { type, object, data, created_at } of await receiver.unwrapAll()) {
      const response = await openai.responses.retrieve(String(data['id']));
      assert.equal(type, `response.${response.status}`);
      assert.equal(object, 'event');
      assert.deepEqual(Object.keys(data), ['id']);
      assert.ok(created_at >= before && created_at <= Date.now() / 1000, `${created_at}`);
    }
  });

  test('announce an approval that any response asks for, without the arguments', async () => {
    await using receiver = await startReceiver();
    await using weather = await startCurrentServer();
    await using server = await startMcpTalaria({ weather: { url: weather.url } }, variablesOf(receiver));
    const asked = await server.openai.responses.create({
      model: 'offline',
      input: call('weather__get_weather', { city: 'Paris' }),
      tools: [use('weather', { require_approval: 'always' })],
    });
    const request = asked.output.find((item) => item.type === 'mcp_approval_request');
    await waitUntil(() => receiver.received.length > 0);
    const [event, ...others] = await receiver.unwrapAll();
    assert.deepEqual(others, []);
    assert.equal(event?.type, 'approval.requested');
    const { expires_at, ...data } = event.data;
    assert.deepEqual(data, {
      id: request?.id,
      response_id: asked.id,
      server_label: 'weather',
      name: 'get_weather',
    });
    assert.equal(Number(expires_at) - event.created_at, 24 * 3600);
    assert.doesNotMatch(receiver.received[0]?.body ?? '', /Paris/);
  });

  test('reach the endpoints that want the event of the tenant', async () => {
    await using completed = await startReceiver();
    await using ofAcme = await startReceiver();
    const keys = { acme: createKey(), lab: createKey() };
    using config = writeConfig(
      JSON.stringify({
        webhooks: {
          completed: endpointOf(completed, { events: ['response.completed'] }),
          acme: endpointOf(ofAcme, { tenants: ['acme'] }),
        },
        tenants: { acme: {}, lab: {} },
        keys: Object.entries(keys).map(([tenant, key]) => ({ name: tenant, tenant, hash: hashKey(key) })),
      }),
    );
    await using server = await startTalaria({ TALARIA_CONFIG: config.path });
    const expected = { completed: [] as string[], ofAcme: [] as string[] };
    for (const [tenant, key] of Object.entries(keys)) {
      const { responses } = createClient(server.url, key);
      const { id: failed } = await responses.create(inBackground('/status 500'));
      const { id: done } = await responses.create(inBackground('/say Done.'));
      expected.completed.push(done);
      if (tenant === 'acme') expected.ofAcme.push(failed, done);
    }
    await waitUntil(() => completed.received.length + ofAcme.received.length >= 4);
    await sleep(50);
    const idsOf = async (receiver: WebhookReceiver) =>
      (await receiver.unwrapAll()).map(({ data }) => data['id']).sort();
    assert.deepEqual(await idsOf(completed), expected.completed.sort());
    assert.deepEqual(await idsOf(ofAcme), expected.ofAcme.sort());
  });

  test('of a killed server are sent by the next one, and announce the runs that it ends', async () => {
    // The first attempt never ends.
    await using receiver = await startReceiver((response, count) => void (count > 0 && response.writeHead(200).end()));
    const sqlite = localStores.find(({ lasts }) => lasts) ?? assert.fail();
    await using opened = await sqlite.open();
    const settings = {
      ...variablesOf(receiver),
      STORE_URL: opened.url,
      RUN_LEASE_MS: '300',
      RUN_RECOVERY: 'fail',
      LOG_LEVEL: 'silent',
    };
    await using killed = await spawnTalaria(settings);
    const { id: done } = await killed.openai.responses.create(inBackground('/say Done.'));
    const { id: lost } = await killed.openai.responses.create(inBackground('/say Begun.\n/wait 60000ms'));
    await waitUntil(() => receiver.received.length === 1);
    await killed.kill('SIGKILL');
    // Until then the killed server would still be waiting for its attempt.
    const now = () => Date.now() + 60_000;
    await using _next = await startTalaria(settings, { now });
    await waitUntil(() => receiver.received.length === 3);
    assert.deepEqual(await summarize(receiver), [
      ['response.completed', done],
      ['response.completed', done],
      ['response.failed', lost],
    ]);
    const [first, ...others] = receiver.received.filter(({ body }) => body.includes(done));
    assert.equal(others[0]?.headers['webhook-id'], first?.headers['webhook-id'], 'a repetition');
    assert.equal(others[0]?.body, first?.body);
  });
});
