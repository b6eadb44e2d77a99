import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { hashKey } from '../../src/config/hash-key.ts';
import { findFreePort } from '../helpers/find-free-port.ts';
import type { TestProcess } from '../helpers/spawn-talaria.ts';
import { lastingStores } from '../helpers/store-urls.ts';
import { writeConfig } from '../helpers/write-config.ts';
import { send } from '../http/send.ts';
import { connectSocket, textOf } from '../websocket/connect-socket.ts';
import { inBackground, openCluster, responsesOf, shortLease, streamOf } from './cluster.ts';
import { startReading, until } from './reading.ts';

/** The primary process hands connections out in turn, so that two of them reach both workers. */
const workers = 2;
const onBoth = <Result>(action: () => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: workers }, action));

const drainMs = 1500;
const json = async (url: string, options?: Parameters<typeof send>[1]) =>
  // biome-ignore lint/suspicious/noExplicitAny: the reply was checked against the contract
  (await send(url, options)).json as any;

/** Returns the processes that a process has started. */
const childrenOf = (pid: number | undefined): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);

/** Checks that followers, polls and cancellations reach a run in the worker that has it, and from the other one. */
async function followAcross(server: TestProcess): Promise<string> {
  using first = await startReading(responsesOf(server), inBackground('slow 250x20ms'));
  using stopped = await startReading(responsesOf(server), inBackground('slow 2000x20ms'));
  await Promise.all([first.until(1), stopped.until(1)]);
  const followers = await onBoth(() => startReading(streamOf(server, first.id)));
  await Promise.all(followers.map((follower) => follower.until(3)));
  assert.equal(first.isOver, false, 'followers read while the run continues');
  const polled = await onBoth(() => json(`${responsesOf(server)}/${first.id}`));
  assert.deepEqual(
    polled.map(({ status }) => status),
    ['in_progress', 'in_progress'],
  );
  await json(`${responsesOf(server)}/${stopped.id}/cancel`, { method: 'POST' });
  await Promise.all([first, stopped, ...followers].map((reading) => reading.end()));
  assert.deepEqual([first.status, stopped.status], ['completed', 'cancelled']);
  for (const follower of followers) assert.deepEqual(follower.events, first.events);
  return first.id;
}

/** Returns how many runs have ended, of any kind. */
const countEnded = (metrics: string): number =>
  [...metrics.matchAll(/^talaria_runs_ended_total\{.*\} (\d+)$/gm)].reduce((sum, [, count]) => sum + Number(count), 0);

/** Kills workers until the one with a run is dead. Checks that each is replaced, and that the run is resumed. */
async function killWorker(server: TestProcess): Promise<void> {
  const { pid } = server.process;
  using lost = await startReading(responsesOf(server), inBackground('slow 200x20ms'));
  await lost.until(2);
  const before = childrenOf(pid);
  assert.equal(before.length, workers);
  for (const [index, worker] of before.entries()) {
    if (lost.isOver) break;
    process.kill(worker, 'SIGKILL');
    await until(() => childrenOf(pid).filter((child) => !before.includes(child)).length > index);
  }
  // For a moment none may be left.
  await until(async () => (await send(`${server.url}/health`).catch(() => undefined))?.status === 200);
  using follower = await startReading(streamOf(server, lost.id));
  await follower.end();
  assert.equal(follower.status, 'completed');
}

for (const kind of lastingStores) {
  describe(`two workers on ${kind.name}`, () => {
    it('serve the runs of each other, are replaced, reload keys and drain together', async () => {
      await using opened = await kind.open();
      await using cluster = await openCluster(opened.url);
      using file = writeConfig('tenants: {}');
      const port = await findFreePort();
      const metricsPort = await findFreePort();
      const settings = {
        API_SERVER_PORT: `${port}`,
        WORKERS: `${workers}`,
        TALARIA_CONFIG: file.path,
        API_SERVER_DRAIN_MS: `${drainMs}`,
        METRICS_PORT: `${metricsPort}`,
      };
      const server = await cluster.spawn({ ...shortLease, ...settings });
      const id = await followAcross(server);
      const scrapes = await Promise.all([
        ...(await onBoth(() => send(`${server.url}/metrics`))),
        send(`http://127.0.0.1:${metricsPort}/metrics`),
      ]);
      for (const { text } of scrapes) assert.equal(countEnded(text), 2, 'each scrape has the sums of both workers');

      const keyed = { headers: { 'idempotency-key': 'one' }, body: { model: 'any', input: 'say once' } };
      const replies = await onBoth(() => json(responsesOf(server), keyed));
      assert.equal(new Set(replies.map((reply) => reply.id)).size, 1, 'one run for one key');

      const sockets = await onBoth(() => connectSocket(server.url));
      for (const socket of sockets) {
        assert.match(textOf(await socket.create({ input: 'say Hi', previous_response_id: id })), /Hi/);
        await socket[Symbol.asyncDispose]();
      }

      await killWorker(server);

      file.write(`keys:\n  - { name: new, tenant: default, hash: "${hashKey('tlr_new')}" }\n`);
      server.process.kill('SIGHUP');
      await until(async () =>
        (await onBoth(() => send(`${server.url}/v1/models`))).every(({ status }) => status === 401),
      );

      const exit = server.kill('SIGTERM');
      await until(async () => (await onBoth(() => send(`${server.url}/ready`))).every(({ status }) => status === 503));
      assert.equal(await exit, 0);
    });
  });
}
