import type { Registry } from 'prom-client';
import { promClient, toRegistry } from './prom-client.ts';

/** Gauges with the suffix of counters. The same numbers, by type, are in metrics without it. */
const misnamed = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

let registry: Registry | undefined;

/**
 * Returns the metrics of this process, which all its servers share: CPU, memory, garbage collection, event-loop delay. They
 * begin with the first call: their observers would cost a server whose metrics are never read.
 */
export function processMetrics(): Registry {
  if (registry) return registry;
  registry = toRegistry([]);
  promClient().collectDefaultMetrics({ register: registry });
  for (const name of misnamed) registry.removeSingleMetric(name);
  return registry;
}
