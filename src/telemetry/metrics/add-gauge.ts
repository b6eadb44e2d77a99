import type { Metric, Sample } from './metric.ts';

export interface GaugeOptions {
  name: string;
  help: string;
  /** Default: sum. */
  aggregator?: Metric['aggregator'];
  /** Receives the new metric. */
  list: Metric[];
  /** Returns the current values. */
  read: () => readonly Sample[];
}

/** Adds a metric whose values are read at each scrape. */
export function addGauge({ name, help, aggregator = 'sum', list, read }: GaugeOptions): void {
  const gauge = { name, help, type: 'gauge', aggregator } as const;
  list.push({ ...gauge, get: async () => ({ ...gauge, values: read() }) });
}
