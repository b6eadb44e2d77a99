/** A metric that a registry of prom-client reads. */
export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** How the values of several processes become one. */
  readonly aggregator: 'sum' | 'max' | 'first';
  /** Returns the metric with its current values. */
  get(): Promise<Omit<Metric, 'get'> & { values: readonly Sample[] }>;
}

/** One number, as prom-client writes it. */
export interface Sample {
  labels: Readonly<Record<string, string | number | undefined>>;
  value: number;
  metricName?: string;
}
