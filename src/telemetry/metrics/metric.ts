/** A metric that a registry of prom-client reads. */
export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** How to aggregate the values of several processes. */
  readonly aggregator: 'sum' | 'max' | 'first';
  /** Returns the metric with its current values. */
  get(): Promise<Omit<Metric, 'get'> & { values: readonly Sample[] }>;
}

/** A value with its labels. */
export interface Sample {
  labels: Readonly<Record<string, string | number | undefined>>;
  value: number;
  metricName?: string;
}
