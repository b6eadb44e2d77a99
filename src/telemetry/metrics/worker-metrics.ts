import cluster, { type Worker } from 'node:cluster';
import { randomUUID } from 'node:crypto';
import { AggregatorRegistry, type Registry } from 'prom-client';
import { limits } from '../../config/limits.ts';
import { isObject } from '../../json/is-object.ts';
import type { MetricsText } from './metrics-text.ts';

/* Metrics of several processes of one server: a scrape that reaches any of them gets the sums of all. */

const question = 'talaria:read-metrics';
const answer = 'talaria:metrics';

/**
 * Sums the metrics of all worker processes. Call it once, in the primary process, before workers start: it also answers
 * the scrapes that reach a worker.
 */
export function aggregateWorkers(): MetricsText {
  const aggregated = new AggregatorRegistry();
  const metrics = { contentType: aggregated.contentType, read: () => aggregated.clusterMetrics() };
  cluster.on('message', (worker, message: unknown) => {
    if (isObject(message) && message['type'] === question) void reply(worker, message['id'], metrics);
  });
  return metrics;
}

async function reply(worker: Worker, id: unknown, metrics: MetricsText): Promise<void> {
  // Without an answer, the worker's scrape fails after a while.
  const text = await metrics.read().catch(() => undefined);
  if (text !== undefined && worker.isConnected()) worker.send({ type: answer, id, text });
}

/** Offers the registries of this worker process to its primary. Returns the metrics of all workers. */
export function shareMetrics(registries: Registry[]): MetricsText {
  AggregatorRegistry.setRegistries(registries);
  const { contentType } = new AggregatorRegistry();
  return { contentType, read: askPrimary };
}

/** Rejects when the primary does not answer. */
function askPrimary(): Promise<string> {
  const id = randomUUID();
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const receive = (message: unknown): void => {
    if (isObject(message) && message['type'] === answer && message['id'] === id) resolve(String(message['text']));
  };
  const timer = setTimeout(
    () => reject(new Error('The primary process did not answer in time.')),
    limits.metricWorkersMs,
  );
  process.on('message', receive);
  process.send?.({ type: question, id });
  return promise.finally(() => {
    clearTimeout(timer);
    process.off('message', receive);
  });
}
