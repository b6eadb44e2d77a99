import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lastingStores, storeKinds } from '../helpers/store-urls.ts';
import { post } from '../helpers/talaria.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { dataOf } from '../http/stream-reader.ts';
import { model, type ResumableServer, startResumable, turnsOf, useResumable } from '../responses/resumable-server.ts';

const send = ({ url }: ResumableServer, content: string, { key, ...more }: { key: string } & Record<string, unknown>) =>
  post(
    `${url}/v1/chat/completions`,
    { model, messages: [{ role: 'user', content }], ...more },
    { 'idempotency-key': key },
  );

const isReplayed = (reply: Response) => reply.headers.get('idempotency-replayed') === 'true';

for (const kind of storeKinds) {
  describe(`a chat completion with an Idempotency-Key (${kind.name})`, () => {
    const server = useResumable(kind);

    for (const more of [
      {},
      { store: true },
      { stream: true },
      { stream: true, stream_options: { include_usage: true } },
    ]) {
      it(`runs once for ten concurrent requests, which get the same bytes (${JSON.stringify(more)})`, async () => {
        const key = `raced-${JSON.stringify(more).length}`;
        const content = `reason hm\nsay one two ${key}`;
        const replies = await Promise.all(Array.from({ length: 10 }, () => send(server, content, { key, ...more })));
        for (const { status } of replies) assert.equal(status, 200);
        assert.equal(replies.filter(isReplayed).length, 9);
        const texts = await Promise.all(replies.map((reply) => reply.text()));
        const [first = ''] = texts;
        assert.match(first, /two/);
        for (const text of texts) assert.equal(text, first);
        const again = await send(server, content, { key, ...more });
        assert.ok(isReplayed(again));
        assert.equal(await again.text(), first);
        assert.equal(turnsOf(server, content), 1);
      });
    }

    it('continues without its client, which can come back', async () => {
      const content = 'slow 30x10ms\nsay back';
      const fields = { key: 'back', stream: true };
      const closed = server.upstream.nextClose();
      const reply = await send(server, content, fields);
      await reply.body?.cancel();
      const attached = await send(server, content, fields);
      assert.ok(isReplayed(attached));
      assert.equal(dataOf(await attached.text()).at(-1), '[DONE]');
      assert.equal((await closed).finished, true);
      assert.equal(turnsOf(server, content), 1);
    });

    it('refuses its key for another body and for the Responses API', async () => {
      const content = 'say bodies';
      assert.equal((await send(server, content, { key: 'bodies' })).status, 200);
      for (const other of [{ stream: true }, { temperature: 0 }]) {
        const reply = await send(server, content, { key: 'bodies', ...other });
        assert.equal(reply.status, 409);
        assert.match(await reply.text(), /"code":"idempotency_key_conflict"/);
      }
      const headers = { 'idempotency-key': 'bodies' };
      assert.equal((await post(`${server.url}/v1/responses`, { model, input: content }, headers)).status, 409);
    });

    for (const status of [400, 404, 500]) {
      it(`can be retried when the agent refused it with ${status}`, async () => {
        const content = `status ${status} times 3\nsay after ${status}`;
        const key = `refused-${status}`;
        const replies = [await send(server, content, { key })];
        while (replies.at(-1)?.status !== 200 && replies.length < 5) replies.push(await send(server, content, { key }));
        assert.equal(replies.at(-1)?.status, 200);
        assert.ok(replies.length > 1);
        assert.ok(!replies.some(isReplayed));
        assert.ok(isReplayed(await send(server, content, { key })));
      });
    }

    it('replays its failure when it failed midway', async () => {
      const content = 'say one two three\nbreak after 2';
      // A model's first answer is a stream. A plain one has no output before it fails.
      const fields = { key: 'midway', model: 'other-model' };
      const plain = [await send(server, content, fields), await send(server, content, fields)];
      for (const { status } of plain) assert.equal(status, 502);
      assert.deepEqual(plain.map(isReplayed), [false, true]);
      const stream = { key: 'midway-streamed', stream: true };
      const streamed = [await send(server, content, stream), await send(server, content, stream)];
      const [first = '', second] = await Promise.all(streamed.map((reply) => reply.text()));
      assert.equal(first, second);
      assert.match(dataOf(first).at(-1) ?? '', /"error"/);
      assert.equal(turnsOf(server, content), 2);
    });

    it('refuses keys that are empty, too long or not plain', async () => {
      for (const key of ['', 'k'.repeat(256), 'a b', 'ä']) {
        const reply = await send(server, 'say never', { key });
        assert.equal(reply.status, 400, key);
        assert.match(await reply.text(), /"param":"Idempotency-Key"/);
      }
      assert.equal(turnsOf(server, 'say never'), 0);
    });
  });
}

for (const kind of lastingStores) {
  describe(`a chat completion’s key after a restart (${kind.name})`, () => {
    it('still names its completion, or its failure if the server stopped midway', async () => {
      await using server = await startResumable(kind);
      const done = await (await send(server, 'say done', { key: 'done' })).text();
      const content = 'say one two\nhang after 1';
      const cut = await send(server, content, { key: 'cut', stream: true });
      await waitUntil(() => turnsOf(server, content) === 1);
      const first = cut.text();
      await server.stop();
      assert.match(await first, /server_shutting_down/);
      await server.start();
      const again = await send(server, 'say done', { key: 'done' });
      assert.ok(isReplayed(again));
      assert.equal(await again.text(), done);
      const replay = await send(server, content, { key: 'cut', stream: true });
      assert.equal(await replay.text(), await first);
      assert.equal(turnsOf(server, content), 1);
    });
  });
}
