import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { post } from '../helpers/talaria.ts';
import type { UpstreamRequest } from '../helpers/upstream.ts';
import { createTestSchema } from '../store/postgres/test-database.ts';
import { withTestServer } from '../store/postgres/test-server.ts';
import { openCluster, repliesOf, shortLease } from './cluster.ts';
import { until } from './reading.ts';

const content = 'say one two three';
const requests = {
  'v1/responses': [{ input: content, stream: true }],
  'v1/chat/completions': [{ messages: [{ role: 'user', content }] }],
};

await withTestServer((server) => {
  describe('a server that slept until its neighbour took its key', { concurrency: true }, () => {
    for (const [path, bodies] of Object.entries(requests)) {
      for (const body of bodies) {
        it(`replays the run of that server (${path}, ${JSON.stringify(body)})`, async () => {
          await using stack = new AsyncDisposableStack();
          const schema = stack.use(await createTestSchema(server));
          const { promise: released, resolve: release } = Promise.withResolvers<void>();
          // The first answer is delayed, and has no end.
          const answer = async (asked: UpstreamRequest) => {
            if (asked !== repliesOf(upstream)[0]) return false;
            asked.body.messages = [{ role: 'user', content: 'slow 2000x20ms' }];
            await released;
            return false;
          };
          const cluster = stack.use(await openCluster(schema.url, { answer }));
          const { upstream } = cluster;
          const [a, b] = [await cluster.spawn(shortLease), await cluster.start(shortLease)];
          const send = async ({ url }: { url: string }) => {
            const reply = await post(`${url}/${path}`, { model: 'any', ...body }, { 'idempotency-key': 'the-same' });
            const text = await reply.text();
            assert.equal(reply.status, 200, text);
            return { text, isReplayed: reply.headers.get('idempotency-replayed') === 'true' };
          };

          const first = send(a);
          await until(() => repliesOf(upstream).length === 1);
          a.process.kill('SIGSTOP');
          const made = await send(b);
          release();
          a.process.kill('SIGCONT');
          assert.deepEqual(await first, { text: made.text, isReplayed: true });
          assert.equal(made.isReplayed, false);
          await until(() => upstream.openStreams === 0);
          assert.deepEqual(await send(a), { text: made.text, isReplayed: true });
          assert.equal(repliesOf(upstream).length, 2);
        });
      }
    }
  });
});
