import { createRequire } from 'node:module';
import type { Metric as PromMetric, Registry } from 'prom-client';
import { lazy } from '../../lazy.ts';
import type { Metric } from './metric.ts';

const require = createRequire(import.meta.url);
/** Loaded by the first scrape: most servers have none, and it also loads the API of OpenTelemetry. */
export const promClient = lazy((): typeof import('prom-client') => require('prom-client'));

/** Returns a registry of these metrics. */
export function toRegistry(metrics: readonly Metric[]): Registry {
  const registry = new (promClient().Registry)();
  // A registry reads only the members of this interface.
  for (const metric of metrics) registry.registerMetric(metric as unknown as PromMetric);
  return registry;
}
