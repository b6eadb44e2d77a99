import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createTestSchema } from '../store/postgres/test-database.ts';
import { type TestServer, withTestServer } from '../store/postgres/test-server.ts';
import { inBackground, openCluster, responsesOf, streamOf } from './cluster.ts';
import { startReading, until } from './reading.ts';

async function openTwo(server: TestServer, stack: AsyncDisposableStack, settings: Record<string, string> = {}) {
  const schema = stack.use(await createTestSchema(server));
  const cluster = stack.use(await openCluster(schema.url));
  // Sequential: a starting server blocks this process.
  const [a, b] = [await cluster.start(settings), await cluster.start(settings)];
  return { schema, upstream: cluster.upstream, a, b };
}

const listeners = `
  SELECT pid FROM pg_stat_activity
  WHERE application_name = current_schema() AND query LIKE 'LISTEN%' AND state = 'idle'`;

await withTestServer((server) => {
  describe('two servers on one PostgreSQL', () => {
    it('send a response to their readers byte for byte, while it runs and afterwards', async () => {
      await using stack = new AsyncDisposableStack();
      const { a, b } = await openTwo(server, stack);
      using first = await startReading(responsesOf(a), inBackground('slow 20x25ms'));
      await first.until(1);
      using follower = await startReading(streamOf(b, first.id));
      await follower.until(3);
      assert.equal(first.isOver, false, 'B sent it while A was generating it');
      await Promise.all([first.end(), follower.end()]);
      assert.equal(first.status, 'completed');
      assert.deepEqual(follower.events, first.events);
      using later = await startReading(streamOf(b, first.id, 4));
      await later.end();
      assert.deepEqual(later.events, first.events.slice(5));
      const [here, there] = await Promise.all([a, b].map(({ openai }) => openai.responses.retrieve(first.id)));
      assert.deepEqual(there, here);
    });

    it('stop a response of one when it is cancelled at the other', async () => {
      await using stack = new AsyncDisposableStack();
      const { a, b, upstream } = await openTwo(server, stack);
      using reading = await startReading(responsesOf(a), inBackground('slow 2000x20ms'));
      await reading.until(6);
      const closing = upstream.nextClose();
      const cancelled = await b.openai.responses.cancel(reading.id);
      assert.equal(cancelled.status, 'cancelled');
      assert.equal((await closing).finished, false);
      await reading.end();
      assert.equal(reading.status, 'cancelled');
      assert.equal((await a.openai.responses.retrieve(reading.id)).status, 'cancelled');
      using follower = await startReading(streamOf(b, reading.id));
      await follower.end();
      assert.deepEqual(follower.events, reading.events);
    });

    it('cancel at one a response queued at the other, and the agent is never called', async () => {
      await using stack = new AsyncDisposableStack();
      const { a, b, upstream } = await openTwo(server, stack, { MAX_RUNS: '1' });
      using running = await startReading(responsesOf(a), inBackground('slow 2000x20ms'));
      await running.until(6);
      const queued = await a.openai.responses.create({ model: 'any', input: 'never', background: true });
      assert.equal(queued.status, 'queued');
      assert.equal((await b.openai.responses.cancel(queued.id)).status, 'cancelled');
      assert.equal((await a.openai.responses.retrieve(queued.id)).status, 'cancelled');
      await b.openai.responses.cancel(running.id);
      await running.end();
      assert.equal(upstream.requests.length, 1);
    });

    it('run concurrent requests with one key once between them', async () => {
      await using stack = new AsyncDisposableStack();
      const { a, b, upstream } = await openTwo(server, stack);
      const race = Array.from({ length: 10 }, (_, index) =>
        (index % 2 === 0 ? a : b).openai.responses.create(
          { model: 'any', input: 'slow 10x10ms' },
          { headers: { 'Idempotency-Key': 'the-same' } },
        ),
      );
      const responses = await Promise.all(race);
      assert.equal(new Set(responses.map(({ id }) => id)).size, 1);
      assert.equal(new Set(responses.map(({ output_text }) => output_text)).size, 1);
      assert.equal(upstream.requests.length, 1);
    });

    it('run one turn of a conversation at a time, on either server', async () => {
      await using stack = new AsyncDisposableStack();
      const { a, b } = await openTwo(server, stack);
      const conversation = (await a.openai.conversations.create()).id;
      using turn = await startReading(responsesOf(a), { ...inBackground('slow 2000x20ms'), conversation });
      await turn.until(4);
      const next = () => b.openai.responses.create({ model: 'any', input: 'next', conversation });
      await assert.rejects(next, { status: 409, code: 'conversation_locked' });
      await b.openai.responses.cancel(turn.id);
      await turn.end();
      assert.equal((await next()).status, 'completed');
    });

    it('follow each other without notifications, and listen again afterwards', async () => {
      await using stack = new AsyncDisposableStack();
      const { schema, a, b } = await openTwo(server, stack);
      const listening = async () => (await schema.query<{ pid: number }>(listeners)).map(({ pid }) => pid);
      await until(async () => (await listening()).length === 2);
      const before = await listening();
      using first = await startReading(responsesOf(a), inBackground('slow 40x25ms'));
      await first.until(1);
      using follower = await startReading(streamOf(b, first.id));
      await follower.until(3);
      await schema.query(`SELECT pg_terminate_backend(pid) FROM (${listeners}) AS listening`);
      await Promise.all([first.end(), follower.end()]);
      assert.equal(follower.status, 'completed');
      assert.deepEqual(follower.events, first.events);
      await until(async () => (await listening()).length === 2);
      assert.ok((await listening()).every((pid) => !before.includes(pid)));
    });
  });
});
