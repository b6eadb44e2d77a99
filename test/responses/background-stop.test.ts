import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { assertReadable } from '../clients/stream-rules.ts';
import { lastingStores, storeKinds } from '../helpers/store-urls.ts';
import { post } from '../helpers/talaria.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { model, type ResumableServer, readTexts, startResumable, toEvents, turnsOf } from './resumable-server.ts';

const background = true;

const begin = ({ openai }: ResumableServer, input: string) => openai.responses.create({ model, input, background });

const statusOf = async ({ openai }: ResumableServer, id: string) => (await openai.responses.retrieve(id)).status;

for (const kind of storeKinds) {
  describe(`a server that stops with background responses (${kind.name})`, () => {
    it('lets responses that end in time end, and their readers with them', async () => {
      await using server = await startResumable(kind, { API_SERVER_SHUTDOWN_MS: '20000' });
      const { id } = await begin(server, 'slow 20x10ms\nsay in time');
      const reader = readTexts(server.url, id);
      await waitUntil(() => turnsOf(server, 'slow 20x10ms\nsay in time') === 1);
      await server.stop();
      assert.equal(toEvents(await reader).at(-1)?.type, 'response.completed');
    });

    it('ends responses that take too long, and their readers get the terminal event', async () => {
      await using server = await startResumable(kind, { RUN_RECOVERY: 'fail' });
      const input = 'say one two\nhang after 1';
      const { id } = await begin(server, input);
      const readers = [readTexts(server.url, id), readTexts(server.url, id, 1)];
      await waitUntil(async () => (await server.openai.responses.retrieve(id)).output_text === 'one');
      await server.stop();
      const [whole = [], rest] = await Promise.all(readers);
      const events = toEvents(whole);
      assertReadable(events);
      const last = events.at(-1);
      assert.equal(last?.type, 'response.failed');
      assert.equal(last['response'].error.message, 'The server is shutting down.');
      assert.deepEqual(rest, whole.slice(2));
    });
  });
}

for (const kind of lastingStores) {
  describe(`a response that a stopped server left (${kind.name})`, () => {
    it('has failed, with a terminal event in its log, with RUN_RECOVERY=fail', async () => {
      await using server = await startResumable(kind, { MAX_RUNS: '1', RUN_RECOVERY: 'fail' });
      const running = await begin(server, 'say one two\nhang after 1');
      const waiting = await begin(server, 'say waiting');
      await waitUntil(async () => (await server.openai.responses.retrieve(running.id)).output_text === 'one');
      await server.stop();
      await server.start();
      for (const { id } of [running, waiting]) {
        assert.equal(await statusOf(server, id), 'failed');
        assertReadable(toEvents(await readTexts(server.url, id)));
      }
      assert.equal(turnsOf(server, 'say waiting'), 0);
    });

    it('is resumed under the same id, with contiguous numbers', async () => {
      await using server = await startResumable(kind, { MAX_RUNS: '1' });
      const running = await begin(server, 'say one two\nhang after 1');
      const { id: conversation } = await server.openai.conversations.create({});
      const body = { model, input: 'say waiting', background, conversation };
      const key = { 'idempotency-key': 'waiting' };
      const reply = await post(`${server.url}/v1/responses`, body, key);
      const waiting = JSON.parse(await reply.text());
      assert.equal(reply.status, 200, JSON.stringify(waiting));
      await waitUntil(async () => (await server.openai.responses.retrieve(running.id)).output_text === 'one');
      const early = fetch(`${server.url}/v1/responses/${waiting.id}?stream=true`).then((first) => first.text());
      await sleep(50);
      await server.stop();
      assert.match(await early, /server_shutting_down/, 'there is no end yet that its reader could have had');
      await server.start();
      assert.equal(await statusOf(server, running.id), 'in_progress', 'it is asked again');
      await server.openai.responses.cancel(running.id);
      const texts = await readTexts(server.url, waiting.id);
      const events = toEvents(texts);
      assertReadable(events);
      const types = events.slice(0, 3).map(({ type }) => type.replace('response.', ''));
      assert.deepEqual(types, ['created', 'queued', 'in_progress']);
      assert.equal(events.at(-1)?.type, 'response.completed');
      assert.equal(events.at(-1)?.['response'].created_at, waiting.created_at);
      assert.equal((await server.openai.responses.retrieve(waiting.id)).output_text, 'waiting');
      assert.equal((await server.openai.conversations.items.list(conversation)).data.length, 2);
      assert.equal(await statusOf(server, running.id), 'cancelled');
      const again = await post(`${server.url}/v1/responses`, body, key);
      assert.equal(again.headers.get('idempotency-replayed'), 'true');
      assert.equal(JSON.parse(await again.text()).id, waiting.id);
      assert.equal(turnsOf(server, 'say waiting'), 1);
    });
  });
}
