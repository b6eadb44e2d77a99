import cluster from 'node:cluster';
import type { AgentClient } from '../agent/agent-client.ts';
import type { Config } from '../config/config.ts';
import type { RequestWatch, WatchRequest } from '../http/watch-requests.ts';
import type { WatchRun } from '../runs/run-watch.ts';
import type { Store } from '../store/store.ts';
import { listenForMetrics } from './metrics/listen-metrics.ts';
import { Metrics } from './metrics/metrics.ts';
import type { MetricsText } from './metrics/metrics-text.ts';
import type { ObservedState } from './metrics/state-metrics.ts';
import { shareMetrics } from './metrics/worker-metrics.ts';
import { passTrace } from './traces/pass-trace.ts';
import type { Tracing, TracingOptions } from './traces/tracing.ts';

/** How a server is observed. Disposing sends the last spans and closes the listener of metrics. */
export interface Telemetry extends AsyncDisposable {
  readonly runWatches: readonly WatchRun[];
  readonly watchRequest: WatchRequest;
  /** The metrics of this process, or of all worker processes. */
  readonly metrics: MetricsText;
  /** Wraps a store so that its calls are timed. */
  watchStore(store: Store): Store;
  /** Adds the state of the parts to the metrics. */
  observe(state: ObservedState, agent: Pick<AgentClient, 'models'>): void;
  /** Opens the listener of metrics, if one is configured. With several processes, the primary has it. */
  listen(): Promise<void>;
}

export type TelemetryOptions = Pick<TracingOptions, 'version' | 'log'>;

/** Starts the telemetry of a server. OpenTelemetry is loaded only if traces are configured. */
export async function startTelemetry(config: Config, { version, log }: TelemetryOptions): Promise<Telemetry> {
  const { telemetry, agents } = config;
  const own = new Metrics(config, version);
  const tracing = await loadTracing(config, { agents: [...agents.keys()], version, log });
  const metrics = cluster.isWorker ? shareMetrics(own) : own;
  const open = new AsyncDisposableStack();
  if (tracing) open.use(tracing);
  return {
    runWatches: [own.watchRun, tracing?.watchRun ?? passTrace],
    watchRequest: (head) => new MeasuredRequest(own, tracing?.watchRequest(head)),
    metrics,
    watchStore: own.watchStore,
    observe: (state, agent) => own.observe(state, agent),
    async listen() {
      if (telemetry.metrics && !cluster.isWorker) open.use(await listenForMetrics(telemetry.metrics, metrics));
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

async function loadTracing({ telemetry }: Config, options: TracingOptions): Promise<Tracing | undefined> {
  if (!telemetry.traces) return undefined;
  const { startTracing } = await import('./traces/start-tracing.ts');
  return startTracing(telemetry.traces, options);
}

class MeasuredRequest implements RequestWatch {
  readonly #metrics: Metrics;
  readonly #traced: RequestWatch | undefined;

  constructor(metrics: Metrics, traced: RequestWatch | undefined) {
    this.#metrics = metrics;
    this.#traced = traced;
  }

  get trace(): RequestWatch['trace'] {
    return this.#traced?.trace;
  }

  ended(end: Parameters<RequestWatch['ended']>[0]): void {
    this.#metrics.requestEnded(end);
    this.#traced?.ended(end);
  }
}
