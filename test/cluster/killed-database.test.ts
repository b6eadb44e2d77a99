import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { waitUntil } from '../helpers/wait-until.ts';
import { createTestSchema } from '../store/postgres/test-database.ts';
import { withOwnServer } from '../store/postgres/test-server.ts';
import { inBackground, openCluster, responsesOf, shortLease, streamOf } from './cluster.ts';
import { startReading } from './reading.ts';

await withOwnServer((database) => {
  describe('a server whose database is killed and restarted', () => {
    it('keeps what it sent, ends its runs, and continues without a restart', async () => {
      await using schema = await createTestSchema(database);
      await using cluster = await openCluster(schema.url);
      const { url, openai } = await cluster.start(shortLease);
      const kept = await openai.responses.create({ model: 'any', input: 'one' });
      const turn = { model: 'any', input: 'slow 2000x20ms', previous_response_id: kept.id, stream: true };
      using watched = await startReading(responsesOf({ url }), turn);
      using detached = await startReading(responsesOf({ url }), inBackground('slow 2000x20ms'));
      await Promise.all([watched.until(6), detached.until(6)]);

      await database.kill('SIGKILL');
      await waitUntil(() => watched.isOver, 'the end of a stream without a database');
      await assert.rejects(openai.responses.retrieve(kept.id), { status: 503, code: 'store_unavailable' });
      await database.restart();

      await waitUntil(() => openai.responses.retrieve(kept.id).then(Boolean, () => false), 'the database');
      for (const { id, events } of [watched, detached]) {
        const sent = events.filter((event) => JSON.parse(event).error === undefined);
        using again = await startReading(streamOf({ url }, id));
        await again.end();
        assert.equal(again.status, 'failed');
        assert.deepEqual(again.events.slice(0, sent.length), sent);
        assert.equal((await openai.responses.retrieve(id)).status, 'failed');
      }
      const next = await openai.responses.create({ model: 'any', input: 'two', previous_response_id: kept.id });
      assert.equal(next.status, 'completed');
      assert.deepEqual(cluster.upstream.requests.at(-1)?.body.messages.length, 3);
    });
  });
});
