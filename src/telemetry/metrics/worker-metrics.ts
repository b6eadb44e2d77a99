import { Registry } from 'prom-client';
import { limits } from '../../config/limits.ts';
import type { MetricsText } from './metrics-text.ts';
import { ask, readAll, readOne, ready, reply, send } from './worker-messages.ts';

/** Offers the registries of this worker process to its primary. Returns the metrics of all workers. */
export function shareMetrics(registries: readonly Registry[]): MetricsText {
  const read = async () => (await Promise.all(registries.map((registry) => registry.getMetricsAsJSON()))).flat();
  process.on('message', (message) => void reply(process, message, readOne, read));
  send(process, { type: ready });
  return {
    contentType: Registry.PROMETHEUS_CONTENT_TYPE,
    read: async () => String(await ask(process, readAll, limits.metricWorkersMs)),
  };
}
