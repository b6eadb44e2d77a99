import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { startUpstreamProcess } from '../helpers/upstream-process.ts';
import { type Reply, send } from '../http/send.ts';
import { type Arena, startArena } from './arena.ts';
import { floodSockets } from './socket-flood.ts';

const mebibyte = 1024 * 1024;

interface Scene extends AsyncDisposable {
  arena: Arena;
  /** The outcome of each request: a status, or `undefined` if its client timed out. */
  attack(count: number, body: object, patienceMs: number): Promise<Record<string, number>>;
}

/** Starts a server whose agent reads large requests and answers slowly. */
async function setScene(): Promise<Scene> {
  await using stack = new AsyncDisposableStack();
  const directory = await mkdtemp(join(tmpdir(), 'talaria-'));
  stack.defer(() => rm(directory, { recursive: true, force: true }));
  const upstream = stack.use(await startUpstreamProcess());
  const settings = { AGENT_URL: upstream.url, STORE_URL: `sqlite:${join(directory, 'test.db')}` };
  const arena = stack.use(await startArena({ settings }));
  const parts = stack.move();
  return {
    arena,
    async attack(count, fields, patienceMs) {
      const body = gzipSync(JSON.stringify(fields));
      const headers = { 'content-encoding': 'gzip' };
      const statuses = await Promise.all(
        Array.from({ length: count }, () =>
          statusOf(send(`${arena.server.url}/v1/responses`, { body, headers }), patienceMs),
        ),
      );
      const groups = Object.groupBy(statuses, (status) => `${status}`);
      return Object.fromEntries(Object.entries(groups).map(([status, group]) => [status, group?.length ?? 0]));
    },
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

const statusOf = (reply: Promise<Reply>, patienceMs: number): Promise<number | undefined> =>
  Promise.race([reply.then(({ status }) => status).catch(() => undefined), delay(patienceMs, undefined)]);

/** Returns a history of one large message, which the test upstream answers in four seconds. */
const slow = (text: string) => [
  { role: 'user', content: text },
  { role: 'user', content: 'slow 200x20ms' },
];

suite('large bodies that are retained during their runs', () => {
  // Before: 1003 MB, because the agent's request was retained until the answer had ended.
  test('200 valid ones of 31 MB, each 30 KB of gzip, with a slow agent', async () => {
    await using scene = await setScene();
    const counts = await scene.attack(200, { store: false, input: slow('a'.repeat(31 * mebibyte)) }, 12_000);
    assert.deepEqual(
      Object.keys(counts).filter((status) => !['200', '429', 'undefined'].includes(status)),
      [],
    );
    assert.ok((counts['200'] ?? 0) > 0, 'none was answered');
    await scene.arena.assertUnharmed({ megabytes: 900 });
  });

  // Before: a body was no longer counted once its reply had been sent.
  test('100 of 12 MB for background runs', async () => {
    await using scene = await setScene();
    const counts = await scene.attack(100, { background: true, input: slow('a'.repeat(12 * mebibyte)) }, 12_000);
    assert.ok((counts['200'] ?? 0) > 0, 'none was answered');
    await scene.arena.assertUnharmed();
  });

  test('100 WebSockets with 3 messages of 20 MB each', async () => {
    await using arena = await startArena();
    const report = await floodSockets({
      url: arena.server.url,
      ...{ sockets: 100, frames: 3, frameBytes: 20 * mebibyte, patienceMs: 10_000 },
    });
    assert.ok((report['response.completed'] ?? 0) > 0, JSON.stringify(report));
    await arena.assertUnharmed();
  });
});
