/** Metrics as a scrape reads them. */
export interface MetricsText {
  readonly contentType: string;
  /** Returns the text format of Prometheus. */
  read(): Promise<string>;
}

/** The text format of Prometheus, as prom-client writes it. */
export const prometheusText = 'text/plain; version=0.0.4; charset=utf-8';
