/** Metrics as a scrape reads them. */
export interface MetricsText {
  readonly contentType: string;
  /** Returns the text format of Prometheus. */
  read(): Promise<string>;
}
