import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertReadable } from '../clients/stream-rules.ts';
import { storeKinds } from '../helpers/store-urls.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { isApiError } from './is-api-error.ts';
import {
  model,
  type ResumableServer,
  readSome,
  readTexts,
  startResumable,
  toEvents,
  turnsOf,
  useResumable,
} from './resumable-server.ts';

const background = true;

/** Starts a response that the upstream has begun to answer and would never end. */
async function beginEndless(server: ResumableServer, name: string) {
  const input = `say ${name} two three\nhang after 2`;
  const { id } = await server.openai.responses.create({ model, input, background });
  await waitUntil(async () => (await server.openai.responses.retrieve(id)).output_text === `${name} two`);
  return id;
}

for (const kind of storeKinds) {
  describe(`cancelling a response (${kind.name})`, () => {
    const server = useResumable(kind);

    it('stops it and its upstream call, stores its output, and sends its readers the terminal event', async () => {
      const id = await beginEndless(server, 'one');
      const reader = readTexts(server.url, id);
      const closed = server.upstream.nextClose();
      const response = await server.openai.responses.cancel(id);
      assert.deepEqual([response.status, response.error], ['cancelled', null]);
      assert.equal((await closed).finished, false);
      const events = toEvents(await reader);
      assertReadable(events);
      const last = events.at(-1);
      assert.equal(last?.type, 'response.incomplete');
      assert.equal(last['response'].status, 'cancelled');
      const kept = await server.openai.responses.retrieve(id);
      assert.equal(kept.output_text, 'one two');
      assert.deepEqual(kept.output, response.output);
    });

    it('is idempotent, and does nothing after the end', async () => {
      const id = await beginEndless(server, 'twice');
      const all = await Promise.all([1, 2, 3].map(() => server.openai.responses.cancel(id)));
      for (const { status } of all) assert.equal(status, 'cancelled');
      assert.equal((await server.openai.responses.cancel(id)).status, 'cancelled');
      const { id: done } = await readSome(server.url, { input: 'say done', background }, 1000);
      assert.equal((await server.openai.responses.cancel(done)).status, 'completed');
      assert.equal((await server.openai.responses.retrieve(done)).output_text, 'done');
    });

    it('accepts only existing background responses', async () => {
      const { openai } = server;
      const { id } = await openai.responses.create({ model, input: 'say plain' });
      await assert.rejects(openai.responses.cancel(id), isApiError(400, 'invalid_value', 'response_id'));
      await assert.rejects(
        openai.responses.cancel('resp_missing'),
        isApiError(404, 'response_not_found', 'response_id'),
      );
    });

    it('can delete a running response: the upstream call ends, readers and cancellers get a 404', async () => {
      const { openai } = server;
      const id = await beginEndless(server, 'gone');
      const closed = server.upstream.nextClose();
      await openai.responses.delete(id);
      assert.equal((await closed).finished, false);
      const notFound = isApiError(404, 'response_not_found', 'response_id');
      await assert.rejects(openai.responses.retrieve(id), notFound);
      await assert.rejects(async () => openai.responses.retrieve(id, { stream: true }), notFound);
      await assert.rejects(openai.responses.cancel(id), notFound);
    });

    it('is possible while it is queued: the agent is never called', async () => {
      await using busy = await startResumable(kind, { MAX_RUNS: '1' });
      const first = await beginEndless(busy, 'first');
      const input = 'say second';
      const { id } = await busy.openai.responses.create({ model, input, background });
      const cancelled = await busy.openai.responses.cancel(id);
      assert.deepEqual([cancelled.status, cancelled.output], ['cancelled', []]);
      const events = toEvents(await readTexts(busy.url, id));
      assert.deepEqual(
        events.map(({ type }) => type),
        ['response.created', 'response.queued', 'response.incomplete'],
      );
      await busy.openai.responses.cancel(first);
      const third = await busy.openai.responses.create({ model, input: 'say third' });
      assert.equal(third.output_text, 'third');
      assert.equal(turnsOf(busy, input), 0);
    });
  });
}
