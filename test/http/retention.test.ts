import assert from 'node:assert/strict';
import { after, before, describe, it, mock } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { limits } from '../../src/config/limits.ts';
import { storeKinds } from '../helpers/store-urls.ts';
import { post } from '../helpers/talaria.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { isApiError } from '../responses/is-api-error.ts';
import {
  model,
  type ResumableServer,
  readSome,
  readTexts,
  startResumable,
  toEvents,
} from '../responses/resumable-server.ts';

const dayMs = 24 * 60 * 60 * 1000;

// The reaper's timer is moved with the server's clock.
before(() => mock.timers.enable({ apis: ['setInterval'] }));
after(() => mock.timers.reset());

/** A server whose clock the test moves. */
async function startMoved(kind: (typeof storeKinds)[number], settings: Record<string, string> = {}) {
  const clock = { ms: Date.now() };
  const server = await startResumable(kind, settings, { now: () => clock.ms });
  /** Moves the clock, lets the reaper run, and waits until it has done so. */
  async function moveTo(milliseconds: number, isDone: () => Promise<boolean>): Promise<void> {
    clock.ms = milliseconds;
    await waitUntil(async () => {
      mock.timers.tick(limits.reaperMs);
      return isDone();
    });
  }
  const move = (milliseconds: number, isDone: () => Promise<boolean>) => moveTo(clock.ms + milliseconds, isDone);
  /**
   * Moves the clock so that everything kept for so long expires now. What ends later does not: the store has the real
   * time, and the reaper may still be running.
   */
  async function expire(keptMs: number, isDone: () => Promise<boolean>): Promise<void> {
    // Just after the start of a second: the store counts in seconds, and timers may fire a little early.
    await delay(1010 - (Date.now() % 1000));
    await moveTo(Date.now() + keptMs, isDone);
  }
  return { server, move, expire };
}

const create = ({ openai }: ResumableServer, input: string, more: object = {}) =>
  openai.responses.create({ model, input, ...more });

async function isGone(asked: Promise<unknown>): Promise<boolean> {
  return asked.then(
    () => false,
    (error) => error.status === 404 || error.status === 410,
  );
}

for (const kind of storeKinds) {
  describe(`expiry (${kind.name})`, () => {
    it('refuses expired events, still returns the response, and releases its key', async () => {
      const { server, expire } = await startMoved(kind);
      await using _server = server;
      const key = { 'idempotency-key': 'daily' };
      const { id } = await readSome(server.url, { input: 'say kept' }, 1000, key);
      const isExpired = () => isGone(Promise.resolve(server.openai.responses.retrieve(id, { stream: true })));
      assert.equal(await isExpired(), false);
      await expire(dayMs, isExpired);
      const attempt = Promise.resolve(server.openai.responses.retrieve(id, { stream: true }));
      await assert.rejects(attempt, isApiError(410, 'response_stream_expired', 'stream'));
      assert.equal((await server.openai.responses.retrieve(id)).output_text, 'kept');
      const again = await readSome(server.url, { input: 'say kept' }, 1000, key);
      assert.notEqual(again.id, id);
    });

    it('replays a keyed request with expired events from the stored response', async () => {
      const { server, move } = await startMoved(kind, { STREAM_LOG_HOURS: '1' });
      await using _server = server;
      const send = (body: object, key: string) =>
        post(`${server.url}/v1/responses`, { model, ...body }, { 'idempotency-key': key });
      const first = JSON.parse(await (await send({ input: 'say plain' }, 'plain')).text());
      const { id } = await readSome(server.url, { input: 'say streamed' }, 1000, { 'idempotency-key': 'streamed' });
      await move(2 * 60 * 60 * 1000, () =>
        isGone(Promise.resolve(server.openai.responses.retrieve(id, { stream: true }))),
      );
      const plain = await send({ input: 'say plain' }, 'plain');
      assert.equal(plain.headers.get('idempotency-replayed'), 'true');
      assert.deepEqual(JSON.parse(await plain.text()), first);
      const streamed = await readSome(server.url, { input: 'say streamed' }, 1000, { 'idempotency-key': 'streamed' });
      const last = toEvents(streamed.texts).at(-1);
      assert.deepEqual([streamed.id, last?.type], [id, 'response.completed']);
    });

    it('keeps the events of an unstored response until its key expires', async () => {
      const { server, move } = await startMoved(kind, { STREAM_LOG_HOURS: '1' });
      await using _server = server;
      const send = (path: string, body: object) =>
        post(`${server.url}/v1/${path}`, { model, stream: true, ...body }, { 'idempotency-key': path });
      const requests = [
        { path: 'responses', body: { input: 'say unstored', store: false } },
        { path: 'chat/completions', body: { messages: [{ role: 'user', content: 'say unstored too' }] } },
      ];
      const first = await Promise.all(requests.map(async ({ path, body }) => (await send(path, body)).text()));
      const { id } = await readSome(server.url, { input: 'say stored' }, 1000);
      const expired = () => isGone(Promise.resolve(server.openai.responses.retrieve(id, { stream: true })));
      await move(2 * 60 * 60 * 1000, expired);
      for (const [index, { path, body }] of requests.entries()) {
        const again = await send(path, body);
        assert.equal(again.headers.get('idempotency-replayed'), 'true');
        assert.equal(await again.text(), first[index]);
      }
    });

    it('retries a keyed request with expired events and no stored response', async () => {
      const { server, expire } = await startMoved(kind, { STREAM_LOG_HOURS: '1' });
      await using _server = server;
      const body = { model, input: 'status 400 times 1\nsay late', background: true };
      const send = () => post(`${server.url}/v1/responses`, body, { 'idempotency-key': 'late' });
      const { id } = JSON.parse(await (await send()).text());
      await readTexts(server.url, id);
      await expire(60 * 60 * 1000, () =>
        isGone(Promise.resolve(server.openai.responses.retrieve(id, { stream: true }))),
      );
      const again = await send();
      assert.equal(again.headers.get('idempotency-replayed'), null);
      const next = JSON.parse(await again.text());
      assert.equal(toEvents(await readTexts(server.url, next.id)).at(-1)?.type, 'response.completed');
    });

    it('deletes responses, conversations and chat completions after 30 days, but no younger ones', async () => {
      const { server, move } = await startMoved(kind);
      await using _server = server;
      const { openai } = server;
      const old = await create(server, 'say old');
      const background = await create(server, 'say old too', { background: true });
      await readTexts(server.url, background.id);
      const conversation = await openai.conversations.create({});
      const messages = [{ role: 'user' as const, content: 'say old' }];
      const chat = await openai.chat.completions.create({ model, messages, store: true });
      await move(20 * dayMs, async () => true);
      const young = await create(server, 'How many?', { previous_response_id: old.id });
      assert.equal(await isGone(openai.responses.retrieve(old.id)), false);
      assert.equal(await isGone(openai.conversations.retrieve(conversation.id)), false);
      const others = [
        () => openai.responses.retrieve(background.id),
        () => openai.conversations.retrieve(conversation.id),
        () => openai.chat.completions.retrieve(chat.id),
      ];
      await move(11 * dayMs, () => isGone(openai.responses.retrieve(old.id)));
      for (const ask of others) await move(0, () => isGone(Promise.resolve(ask())));
      assert.equal((await openai.responses.retrieve(young.id)).id, young.id);
      const next = await create(server, 'How many?', { previous_response_id: young.id });
      assert.match(next.output_text, /\(5 messages\)/, 'what it builds on is still known to it');
    });

    it('does not delete a running response', async () => {
      const { server, move } = await startMoved(kind, { RETENTION_DAYS: '1' });
      await using _server = server;
      const done = await create(server, 'say done');
      const running = await create(server, 'say one two\nhang after 1', { background: true });
      await move(3 * dayMs, () => isGone(server.openai.responses.retrieve(done.id)));
      assert.equal((await server.openai.responses.retrieve(running.id)).status, 'in_progress');
      // It expired while it ran: it may be deleted before its end is read.
      await server.openai.responses.cancel(running.id).catch(isApiError(404, 'response_not_found', 'response_id'));
    });
  });
}
