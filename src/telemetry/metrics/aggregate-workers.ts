import cluster, { type Worker } from 'node:cluster';
import type { Registry } from 'prom-client';
import { limits } from '../../config/limits.ts';
import { isObject } from '../../json/is-object.ts';
import { type MetricsText, prometheusText } from './metrics-text.ts';
import { promClient } from './prom-client.ts';
import { ask, readAll, readOne, ready, reply } from './worker-messages.ts';

/**
 * Sums the metrics of all worker processes. Call it once, in the primary process, before workers start: it also answers
 * the scrapes that reach a worker.
 */
export function aggregateWorkers(): MetricsText {
  const sums = new WorkerSums();
  cluster.on('message', (worker, message: unknown) => {
    if (isObject(message) && message['type'] === ready) sums.add(worker);
    void reply(worker, message, readAll, () => sums.read());
  });
  cluster.on('exit', (worker) => sums.end(worker));
  return sums;
}

/** The metrics of all workers. Counters never decrease: those of a dead worker stay as its last scrape read them. */
class WorkerSums implements MetricsText {
  readonly contentType = prometheusText;
  /** The last metrics of each living worker. */
  readonly #living = new Map<Worker, object[]>();
  /** The counters and histograms of the dead ones. */
  #dead: object[] = [];

  add(worker: Worker): void {
    this.#living.set(worker, []);
  }

  end(worker: Worker): void {
    const kept = (this.#living.get(worker) ?? []).filter(isCounted);
    this.#living.delete(worker);
    // Without a scrape so far, there is nothing to keep.
    if (kept.length === 0) return;
    this.#dead = sum([this.#dead, kept]).getMetricsAsArray();
  }

  /** Rejects when a worker does not answer. */
  async read(): Promise<string> {
    await Promise.all(this.#living.keys().map((worker) => this.#refresh(worker)));
    return await sum([...this.#living.values(), this.#dead]).metrics();
  }

  async #refresh(worker: Worker): Promise<void> {
    const metrics = await ask(worker, readOne, limits.metricWorkerMs);
    if (Array.isArray(metrics) && this.#living.has(worker)) this.#living.set(worker, metrics);
  }
}

const sum = (metrics: object[][]): Registry => promClient().AggregatorRegistry.aggregate(metrics);

const isCounted = (metric: unknown): boolean =>
  isObject(metric) && (metric['type'] === 'counter' || metric['type'] === 'histogram');
