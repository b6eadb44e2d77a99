import type { Registry } from 'prom-client';
import type { AgentClient } from '../../agent/agent-client.ts';
import type { Config } from '../../config/config.ts';
import type { RequestEnd } from '../../http/watch-requests.ts';
import type { WatchRun } from '../../runs/run-watch.ts';
import { addGauge } from './add-gauge.ts';
import { createHttpMetrics } from './http-metrics.ts';
import { KnownModels } from './known-models.ts';
import type { Metric } from './metric.ts';
import { type MetricsText, prometheusText } from './metrics-text.ts';
import { processMetrics } from './process-metrics.ts';
import { toRegistry } from './prom-client.ts';
import { createRunMetrics } from './run-metrics.ts';
import { createStateMetrics, type ObservedState } from './state-metrics.ts';
import { createStoreMetrics, type WatchStore } from './store-metrics.ts';

export type MetricsConfig = Pick<Config, 'agents' | 'mcp' | 'store'>;

/** The metrics of one server. Each server has its own. */
export class Metrics implements MetricsText {
  readonly watchRun: WatchRun;
  readonly watchStore: WatchStore;
  readonly requestEnded: (end: RequestEnd) => void;
  readonly #list: Metric[] = [];
  readonly #models: KnownModels;
  #agent: Pick<AgentClient, 'models'> | undefined;

  constructor({ agents, mcp, store }: MetricsConfig, version: string) {
    const list = this.#list;
    addGauge({
      name: 'talaria_build_info',
      help: 'The version of the server and the kind of its store. Always 1.',
      aggregator: 'first',
      list,
      read: () => {
        this.#refresh();
        return [{ labels: { version, store: store.kind }, value: 1 }];
      },
    });
    this.#models = new KnownModels(agents);
    this.watchRun = createRunMetrics({
      list,
      agents: [...agents.keys()],
      models: this.#models,
      isServer: (label) => mcp.servers.has(label),
    });
    this.watchStore = createStoreMetrics(list);
    this.requestEnded = createHttpMetrics(list);
  }

  /** Adds the gauges of the parts, and the models of the agents to the label values. */
  observe(state: ObservedState, agent: Pick<AgentClient, 'models'>): void {
    createStateMetrics(this.#list, state);
    this.#agent = agent;
  }

  readonly contentType = prometheusText;

  /** Returns the metrics with their values, for the sums of several processes. */
  async values(): Promise<object[]> {
    return (await Promise.all(this.#registries().map((registry) => registry.getMetricsAsJSON()))).flat();
  }

  async read(): Promise<string> {
    const texts = await Promise.all(this.#registries().map((registry) => registry.metrics()));
    return `${texts.map((text) => text.trimEnd()).join('\n\n')}\n`;
  }

  #registries(): [Registry, Registry] {
    return [toRegistry(this.#list), processMetrics()];
  }

  /** Each scrape may learn the names of further models. */
  #refresh(): void {
    if (this.#agent) this.#models.refresh(this.#agent);
  }
}
