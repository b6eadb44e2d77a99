import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createTestSchema } from '../store/postgres/test-database.ts';
import { type TestServer, withTestServer } from '../store/postgres/test-server.ts';
import { inBackground, openCluster, repliesOf, responsesOf, shortLease, streamOf } from './cluster.ts';
import { startReading, until } from './reading.ts';

/** A can be killed; B lives in this process. */
async function openTwo(server: TestServer, stack: AsyncDisposableStack, settings: Record<string, string> = {}) {
  const all = { ...shortLease, ...settings };
  const schema = stack.use(await createTestSchema(server));
  const cluster = stack.use(await openCluster(schema.url));
  const [a, b] = [await cluster.spawn(all), await cluster.start(all)];
  return { upstream: cluster.upstream, a, b };
}

const stopped = /The server stopped/;

await withTestServer((server) => {
  describe('a server whose neighbour is killed', () => {
    it('ends the responses of that server, and continues its chains and conversations', async () => {
      await using stack = new AsyncDisposableStack();
      const { a, b } = await openTwo(server, stack, { RUN_RECOVERY: 'fail' });
      const ended = await a.openai.responses.create({ model: 'any', input: 'one' });
      const conversation = (await a.openai.conversations.create()).id;
      using turn = await startReading(responsesOf(a), { ...inBackground('slow 2000x20ms'), conversation });
      await turn.until(8);
      using follower = await startReading(streamOf(b, turn.id));
      using another = await startReading(streamOf(b, turn.id, 2));
      await Promise.all([follower.until(8), another.until(5)]);
      const next = () => b.openai.responses.create({ model: 'any', input: 'next', conversation });
      await assert.rejects(next, { status: 409, code: 'conversation_locked' });

      await a.kill('SIGKILL');
      await Promise.all([follower.end(), another.end(), until(() => turn.isOver)]);
      assert.equal(follower.status, 'failed');
      assert.deepEqual(another.events, follower.events.slice(3));
      assert.deepEqual(follower.events.slice(0, turn.events.length), turn.events);
      const failed = await b.openai.responses.retrieve(turn.id);
      assert.match(failed.error?.message ?? '', stopped);
      assert.match(failed.output_text, /^token1 token2 /);

      assert.match((await next()).output_text, /\(1 messages\)/, 'no half turn is in the conversation');
      const chained = { model: 'any', input: 'two', previous_response_id: ended.id };
      assert.match((await b.openai.responses.create(chained)).output_text, /\(3 messages\)/);
    });

    it('resumes the responses of that server, under their ids', async () => {
      await using stack = new AsyncDisposableStack();
      const { a, b, upstream } = await openTwo(server, stack, { MAX_RUNS: '1' });
      using running = await startReading(responsesOf(a), inBackground('slow 100x20ms'));
      await running.until(6);
      using queued = await startReading(responsesOf(a), inBackground('say one two three'));
      await queued.until(2);
      using follower = await startReading(streamOf(b, queued.id));
      await follower.until(2);

      await a.kill('SIGKILL');
      await follower.end();
      assert.equal(follower.status, 'completed');
      assert.deepEqual(follower.events.slice(0, 2), queued.events);
      const types = follower.events.map((event) => JSON.parse(event).type);
      assert.deepEqual(types.slice(0, 3), ['response.created', 'response.queued', 'response.in_progress']);
      assert.equal((await b.openai.responses.retrieve(queued.id)).output_text, 'one two three');
      using left = await startReading(streamOf(b, running.id));
      await left.end();
      assert.equal(left.status, 'completed');
      assert.deepEqual(left.events.slice(0, running.events.length), running.events);
      const { output } = await b.openai.responses.retrieve(running.id);
      assert.deepEqual(
        output.map((item) => 'phase' in item && item.phase),
        ['commentary', false],
      );
      assert.equal(repliesOf(upstream).length, 3, 'the reply that was cut was asked for again');
    });

    it('is not overwritten by that server when it only slept', async () => {
      await using stack = new AsyncDisposableStack();
      const { a, b, upstream } = await openTwo(server, stack, { RUN_RECOVERY: 'fail' });
      using detached = await startReading(responsesOf(a), inBackground('slow 2000x20ms'));
      using streamed = await startReading(responsesOf(a), { model: 'any', input: 'slow 2000x20ms', stream: true });
      await Promise.all([detached.until(6), streamed.until(6)]);
      using followers = new DisposableStack();
      const following = [detached, streamed].map(({ id }) => startReading(streamOf(b, id)));
      const [one, other] = (await Promise.all(following)).map((reading) => followers.use(reading));
      assert.ok(one && other);

      a.process.kill('SIGSTOP');
      await Promise.all([one.end(), other.end()]);
      assert.deepEqual([one.status, other.status], ['failed', 'failed']);
      a.process.kill('SIGCONT');
      await until(() => detached.isOver && streamed.isOver);
      await until(() => upstream.openStreams === 0);
      for (const follower of [one, other]) {
        using again = await startReading(streamOf(b, follower.id));
        await again.end();
        assert.deepEqual(again.events, follower.events);
        assert.match((await b.openai.responses.retrieve(follower.id)).error?.message ?? '', stopped);
      }
    });
  });
});
