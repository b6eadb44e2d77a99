import cluster from 'node:cluster';
import { once } from 'node:events';
import { toConfig } from '../../src/config/config.ts';
import { readEnvironment } from '../../src/config/env.ts';
import { createResponseId } from '../../src/ids.ts';
import { aggregateWorkers } from '../../src/telemetry/metrics/aggregate-workers.ts';
import { Metrics } from '../../src/telemetry/metrics/metrics.ts';
import { shareMetrics } from '../../src/telemetry/metrics/worker-metrics.ts';

/* A primary with two workers that end one run and two runs. Sends the scrapes of a worker and of the primary, and two after the
 * death of the second worker.
 */

async function runPrimary(): Promise<void> {
  const metrics = aggregateWorkers();
  const workers = [cluster.fork({ RUNS: '1' }), cluster.fork({ RUNS: '2' })];
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  workers[0]?.send('scrape');
  const ofWorker = await new Promise((resolve) => {
    workers[0]?.on('message', (message) => typeof message.text === 'string' && resolve(message.text));
  });
  const ofAll = await metrics.read();
  workers[1]?.process.kill('SIGKILL');
  await once(workers[1] ?? process, 'exit');
  process.send?.([ofWorker, ofAll, await metrics.read(), await metrics.read()]);
  for (const worker of workers) worker.kill();
}

async function runWorker(): Promise<void> {
  const own = new Metrics(toConfig(readEnvironment({ STORE_URL: 'memory:' })), '1');
  const shared = shareMetrics(own);
  for (let index = 0; index < Number(process.env['RUNS']); index++) {
    const facts = { run: createResponseId(), tenant: 'default' };
    own.watchRun({ facts, stop() {} }).ended({ outcome: 'completed' }, {});
  }
  process.on('message', (message) => {
    if (message === 'scrape') void shared.read().then((text) => process.send?.({ text }));
  });
  process.send?.('ready');
}

await (cluster.isPrimary ? runPrimary() : runWorker());
