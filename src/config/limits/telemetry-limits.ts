/** The bounds of metrics and traces, each with what it prevents. Part of `limits`. */
export const telemetryLimits = {
  /** Tenants with series of their own; the others share `other`. Prevents metrics from growing with the customers. */
  metricTenants: 100,
  /** Models with series of their own; the others share `other`. Prevents metrics from growing with an upstream's list. */
  metricModels: 100,
  /** Between two lists of the agents' models for their labels. Prevents a list for each scrape. */
  metricModelsMs: 5 * 60_000,
  /** One such list. Prevents a silent upstream from holding a request open. */
  metricModelsTimeoutMs: 10_000,
  /** Wait of a worker process for the metrics of all workers. Prevents a scrape from waiting for a busy process. */
  metricWorkersMs: 6_000,
  /** Wait of the primary process for the metrics of one worker. Prevents a scrape from waiting for it. */
  metricWorkerMs: 5_000,

  /** Sending the last spans of a server that stops. Prevents an unreachable collector from delaying the stop. */
  traceFlushMs: 2_500,
  /** One attribute with content. Prevents spans that collectors refuse, and copies of long conversations. */
  traceContentCharacters: 16_384,
} as const;
