import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { assertReadable } from '../clients/stream-rules.ts';
import { storeKinds } from '../helpers/store-urls.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { model, readSome, readTexts, toEvents, turnsOf, useResumable } from './resumable-server.ts';

for (const kind of storeKinds) {
  describe(`a client that leaves (${kind.name})`, () => {
    const server = useResumable(kind);

    it('ends a plain response and its upstream call', async () => {
      const input = 'slow 5000x10ms';
      const controller = new AbortController();
      const { signal } = controller;
      const asked = server.openai.responses.create({ model, input }, { signal });
      await waitUntil(() => turnsOf(server, input) === 1);
      const closed = server.upstream.nextClose();
      controller.abort();
      await assert.rejects(asked);
      assert.equal((await closed).finished, false);
    });

    it('ends a streamed response, whose log has a terminal event', async () => {
      const closed = server.upstream.nextClose();
      const { id, texts } = await readSome(server.url, { input: 'slow 5001x10ms' }, 8);
      assert.equal((await closed).finished, false);
      const whole = await readTexts(server.url, id);
      assert.deepEqual(whole.slice(0, texts.length), texts);
      const events = toEvents(whole);
      assertReadable(events);
      const last = events.at(-1);
      assert.deepEqual([last?.type, last?.['response'].status], ['response.incomplete', 'cancelled']);
      const response = await server.openai.responses.retrieve(id);
      assert.equal(response.status, 'cancelled');
      assert.match(response.output_text, /^token1 /);
    });

    for (const [what, body, headers] of [
      ['one in the background', { background: true }, {}],
      ['one with a key', {}, { 'idempotency-key': `disconnect-${kind.name}` }],
      ['one with a key that is not stored', { store: false }, { 'idempotency-key': `unstored-${kind.name}` }],
    ] as const) {
      it(`does not end ${what}`, async () => {
        const input = `slow 30x10ms\nsay ${what}`;
        const closed = server.upstream.nextClose();
        await readSome(server.url, { input, ...body }, 4, headers);
        assert.equal((await closed).finished, true, 'the upstream was read to its end');
        assert.equal(turnsOf(server, input), 1);
      });
    }

    it('does not end a response that other readers follow', async () => {
      const { id } = await server.openai.responses.create({ model, input: 'slow 50x10ms', background: true });
      const reader = readTexts(server.url, id);
      const reply = await fetch(`${server.url}/v1/responses/${id}?stream=true`);
      await sleep(50);
      await reply.body?.cancel();
      assert.equal(toEvents(await reader).at(-1)?.type, 'response.completed');
    });
  });
}
