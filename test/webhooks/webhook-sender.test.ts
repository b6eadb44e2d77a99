import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { limits } from '../../src/config/limits.ts';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import type { Store } from '../../src/store/store.ts';
import type { WebhookStore } from '../../src/store/webhook-store.ts';
import { openTestStore } from '../helpers/open-test-store.ts';
import { lastingStores } from '../helpers/store-urls.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { startReceiver } from '../helpers/webhook-receiver.ts';
import { startSender, toEndpoint } from './start-sender.ts';

const hour = 3_600_000;

/** Returns every webhook in a store, at whatever time it is due. */
const listLeft = ({ webhooks }: Store, endpoint = 'a') =>
  webhooks.take({ endpoint, now: 9e15, retryAt: 9e15, limit: 100 });

describe('a webhook', () => {
  test('is sent at once, signed, and once', async () => {
    await using store = createMemoryStore();
    await using receiver = await startReceiver();
    await using sender = startSender(store, { a: toEndpoint(receiver.url) });
    await sender.announce();
    await waitUntil(() => receiver.received.length > 0);
    const [event = assert.fail()] = await receiver.unwrapAll();
    assert.match(event.id, /^evt_[0-9a-f]{32}$/);
    assert.equal(event.type, 'approval.requested');
    const { headers } = receiver.received[0] ?? assert.fail();
    assert.match(String(headers['webhook-id']), /^wh_[0-9a-f]{32}$/);
    assert.equal(headers['content-type'], 'application/json');
    assert.equal(headers['user-agent'], 'Talaria/1');
    await waitUntil(async () => (await listLeft(store)).length === 0);
    await sleep(50);
    assert.equal(receiver.received.length, 1);
    assert.deepEqual(sender.log, []);
  });

  test('is sent to every endpoint, as the same event under an id of its own', async () => {
    await using store = createMemoryStore();
    await using one = await startReceiver();
    await using other = await startReceiver();
    await using sender = startSender(store, { a: toEndpoint(one.url), b: toEndpoint(other.url) });
    await sender.announce();
    await waitUntil(() => one.received.length > 0 && other.received.length > 0);
    assert.deepEqual(await one.unwrapAll(), await other.unwrapAll());
    assert.notEqual(one.received[0]?.headers['webhook-id'], other.received[0]?.headers['webhook-id']);
  });

  test('is sent again after each wait, with the same id and a signature of that time', async () => {
    await using store = createMemoryStore();
    const statuses = [500, 404, 302, 200];
    await using receiver = await startReceiver((response, count) =>
      response.writeHead(statuses[count] ?? 500, { location: '/other' }).end('x'),
    );
    const clock = { now: Date.now() };
    await using sender = startSender(store, { a: toEndpoint(receiver.url) }, clock);
    await sender.announce();
    for (const [index, wait] of limits.webhookRetryMs.slice(0, 3).entries()) {
      await waitUntil(() => receiver.received.length === index + 1);
      await sleep(30);
      clock.now += wait * 0.85;
      await sleep(50);
      assert.equal(receiver.received.length, index + 1, 'not before its time');
      clock.now += wait * 0.3;
    }
    await waitUntil(async () => receiver.received.length === 4 && (await listLeft(store)).length === 0);
    await receiver.unwrapAll();
    const [first, ...others] = receiver.received;
    for (const { headers, body } of others) {
      assert.equal(headers['webhook-id'], first?.headers['webhook-id']);
      assert.equal(body, first?.body);
    }
    assert.deepEqual(
      sender.log.map(({ level, message, fields }) => [level, message, fields['endpoint']]),
      [
        ['warn', 'webhook endpoint failed', 'a'],
        ['info', 'webhook endpoint recovered', 'a'],
      ],
      'one line for each change',
    );
  });

  test('is given up with one line after three days, or at once by a 410', async () => {
    for (const status of [503, 410]) {
      await using store = createMemoryStore();
      await using receiver = await startReceiver((response) => response.writeHead(status).end());
      const clock = { now: Date.now() };
      await using sender = startSender(store, { a: toEndpoint(`${receiver.url}?token=t0`) }, clock);
      await sender.announce();
      const isGivenUp = () => sender.log.some(({ level }) => level === 'error');
      for (let hours = 0; hours < 80 && !isGivenUp(); hours += 1) {
        await sleep(15);
        clock.now += hour;
      }
      await waitUntil(isGivenUp);
      await waitUntil(async () => (await listLeft(store)).length === 0);
      const { message, fields } = sender.log.find(({ level }) => level === 'error') ?? assert.fail();
      assert.equal(message, 'gave up webhook');
      const [event] = await receiver.unwrapAll();
      assert.deepEqual(fields['event'], event, 'so that it can be handled by hand');
      assert.equal(fields['attempts'], receiver.received.length);
      assert.match(String(fields['err']), new RegExp(`the endpoint answered with HTTP ${status}`));
      if (status === 410) assert.equal(receiver.received.length, 1);
      else assert.ok(receiver.received.length >= 8, `${receiver.received.length}`);
      assert.equal(sender.log.length, 2);
      assert.doesNotMatch(JSON.stringify(sender.log), /t0|whsec/);
    }
  });

  test('waits as long as the receiver asks for, up to a day', async () => {
    await using store = createMemoryStore();
    const waits = ['3600', '999999', ''];
    await using receiver = await startReceiver((response, count) =>
      response.writeHead(429, { 'retry-after': waits[count] ?? '' }).end(),
    );
    const clock = { now: Date.now() };
    await using sender = startSender(store, { a: toEndpoint(receiver.url) }, clock);
    await sender.announce();
    for (const [index, wait] of [hour, 24 * hour].entries()) {
      await waitUntil(() => receiver.received.length === index + 1);
      await sleep(30);
      clock.now += wait - 1000;
      await sleep(50);
      assert.equal(receiver.received.length, index + 1);
      clock.now += 1000;
    }
    await waitUntil(() => receiver.received.length === 3);
  });

  test('is sent again after a silent receiver, a broken connection or none', async () => {
    await using store = createMemoryStore();
    const replies = [() => undefined, (response: ServerResponse) => response.socket?.destroy()];
    await using receiver = await startReceiver((response, count) =>
      replies[count] ? replies[count](response) : response.end(),
    );
    const clock = { now: Date.now() };
    const endpoints = { a: toEndpoint(receiver.url, { timeoutMs: 100 }), b: toEndpoint('http://127.0.0.1:1') };
    await using sender = startSender(store, endpoints, clock);
    await sender.announce();
    await waitUntil(() => sender.log.length === 2);
    clock.now += 10_000;
    await waitUntil(() => receiver.received.length === 2);
    await sleep(30);
    clock.now += hour;
    await waitUntil(async () => receiver.received.length === 3);
    await waitUntil(() => sender.log.some(({ message }) => message === 'webhook endpoint recovered'));
    assert.equal((await listLeft(store, 'b')).length, 1);
    assert.match(String(sender.log.find(({ fields }) => fields['endpoint'] === 'a')?.fields['err']), /TimeoutError/);
    assert.match(String(sender.log.find(({ fields }) => fields['endpoint'] === 'b')?.fields['err']), /ECONNREFUSED/);
  });

  test('is received as soon as the status is there, however long the body is', async () => {
    await using store = createMemoryStore();
    await using receiver = await startReceiver((response) => {
      const write = () => response.write('x'.repeat(64 * 1024), (error) => error ?? setImmediate(write));
      response.writeHead(200);
      write();
    });
    await using sender = startSender(store, { a: toEndpoint(receiver.url) });
    await sender.announce(3);
    await waitUntil(async () => receiver.received.length === 3 && (await listLeft(store)).length === 0);
    assert.deepEqual(sender.log, []);
  });

  test('is never sent to a private address, unless that is allowed', async () => {
    await using store = createMemoryStore();
    await using receiver = await startReceiver();
    const { port } = new URL(receiver.url);
    const hosts = ['127.0.0.1', '127.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '0'];
    const endpoints = Object.fromEntries(
      hosts.map((host) => [host, toEndpoint(`http://${host}:${port}/`, { allowsPrivate: false })]),
    );
    await using sender = startSender(store, endpoints);
    await sender.announce();
    await waitUntil(() => sender.log.length === hosts.length);
    for (const { fields } of sender.log) assert.match(String(fields['err']), /PrivateAddressError/);
    assert.equal(receiver.received.length, 0);
  });

  test('of a burst waits: at most eight at once reach a receiver, and a hung one does not delay another', async () => {
    await using store = createMemoryStore();
    const held: ServerResponse[] = [];
    await using hung = await startReceiver((response) => void held.push(response));
    await using other = await startReceiver();
    await using sender = startSender(store, { a: toEndpoint(hung.url), b: toEndpoint(other.url) });
    await sender.announce(20);
    await waitUntil(() => held.length === limits.webhooksAtOnce && other.received.length === 20);
    await sleep(50);
    assert.equal(held.length, limits.webhooksAtOnce);
    for (let ended = 0; ended < 20; ended++) {
      await waitUntil(() => held[ended] !== undefined);
      held[ended]?.end();
    }
    await waitUntil(async () => (await listLeft(store)).length === 0);
    assert.equal(new Set(hung.received.map(({ headers }) => headers['webhook-id'])).size, 20);
  });

  test('that a stopping sender has not delivered is due again at once', async () => {
    await using store = createMemoryStore();
    await using receiver = await startReceiver((response, count) => void (count === 0 ? undefined : response.end()));
    const endpoints = { a: toEndpoint(receiver.url) };
    const stopped = startSender(store, endpoints);
    await stopped.announce();
    await waitUntil(() => receiver.received.length === 1);
    await stopped[Symbol.asyncDispose]();
    assert.deepEqual(stopped.log, []);
    await stopped.announce();
    await sleep(30);
    assert.equal(receiver.received.length, 1, 'it sends no more');
    await using _next = startSender(store, endpoints);
    await waitUntil(async () => receiver.received.length === 3);
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    assert.equal(new Set(ids).size, 2);
    await waitUntil(async () => (await listLeft(store)).length === 0);
  });

  test('waits while the store fails, with one line', async () => {
    await using store = createMemoryStore();
    await using receiver = await startReceiver();
    let isBroken = true;
    const webhooks: WebhookStore = {
      take: async (request) => (isBroken ? assert.fail('no store') : store.webhooks.take(request)),
      postpone: (webhook, dueAt) => store.webhooks.postpone(webhook, dueAt),
      remove: (id) => store.webhooks.remove(id),
      watch: (onAdded) => store.webhooks.watch(onAdded),
    };
    await using sender = startSender({ ...store, webhooks }, { a: toEndpoint(receiver.url) });
    await sender.announce();
    await waitUntil(() => sender.log.length > 0);
    await sleep(50);
    assert.deepEqual(
      sender.log.map(({ level, message }) => [level, message]),
      [['error', 'failed to store webhooks']],
    );
    isBroken = false;
    await waitUntil(() => receiver.received.length === 1);
  });
});

for (const kind of lastingStores) {
  test(`of several servers on one ${kind.name} store, one sends a webhook`, async () => {
    await using opened = await openTestStore(kind);
    await using receiver = await startReceiver();
    const endpoints = { a: toEndpoint(receiver.url) };
    await using one = startSender(opened.store, endpoints);
    await using another = startSender(opened.another, endpoints);
    await Promise.all([one.announce(15), another.announce(15)]);
    await waitUntil(() => receiver.received.length === 30);
    await waitUntil(async () => (await listLeft(opened.store)).length === 0);
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    assert.equal(new Set(ids).size, 30);
  });
}
