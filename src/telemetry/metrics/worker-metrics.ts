import { limits } from '../../config/limits.ts';
import type { Metrics } from './metrics.ts';
import { type MetricsText, prometheusText } from './metrics-text.ts';
import { ask, readAll, readOne, ready, reply, send } from './worker-messages.ts';

/** Offers the metrics of this worker process to its primary. Returns those of all workers. */
export function shareMetrics(own: Pick<Metrics, 'values'>): MetricsText {
  process.on('message', (message) => void reply(process, message, readOne, () => own.values()));
  send(process, { type: ready });
  return {
    contentType: prometheusText,
    read: async () => String(await ask(process, readAll, limits.metricWorkersMs)),
  };
}
