import { Gauge, Registry } from 'prom-client';
import type { AgentClient } from '../../agent/agent-client.ts';
import type { Config } from '../../config/config.ts';
import type { RequestEnd } from '../../http/watch-requests.ts';
import type { WatchRun } from '../../runs/run-watch.ts';
import { createHttpMetrics } from './http-metrics.ts';
import { KnownModels } from './known-models.ts';
import type { MetricsText } from './metrics-text.ts';
import { processMetrics } from './process-metrics.ts';
import { createRunMetrics } from './run-metrics.ts';
import { createStateMetrics, type ObservedState } from './state-metrics.ts';
import { createStoreMetrics, type WatchStore } from './store-metrics.ts';

export type MetricsConfig = Pick<Config, 'agents' | 'mcp' | 'store'>;

/** The metrics of one server. Each server has a registry of its own. */
export class Metrics implements MetricsText {
  readonly watchRun: WatchRun;
  readonly watchStore: WatchStore;
  readonly requestEnded: (end: RequestEnd) => void;
  readonly #registry = new Registry();
  readonly #models: KnownModels;
  #agent: Pick<AgentClient, 'models'> | undefined;

  constructor({ agents, mcp, store }: MetricsConfig, version: string) {
    const registry = this.#registry;
    const refresh = () => this.#refresh();
    new Gauge({
      name: 'talaria_build_info',
      help: 'The version of the server and the kind of its store. Always 1.',
      labelNames: ['version', 'store'],
      aggregator: 'first',
      registers: [registry],
      collect() {
        this.set({ version, store: store.kind }, 1);
        refresh();
      },
    });
    this.#models = new KnownModels(agents);
    this.watchRun = createRunMetrics({
      registry,
      agents: [...agents.keys()],
      models: this.#models,
      isServer: (label) => mcp.servers.has(label),
    });
    this.watchStore = createStoreMetrics(registry);
    this.requestEnded = createHttpMetrics(registry);
  }

  /** Adds the gauges of the parts, and the models of the agents to the label values. */
  observe(state: ObservedState, agent: Pick<AgentClient, 'models'>): void {
    createStateMetrics(this.#registry, state);
    this.#agent = agent;
  }

  readonly contentType = Registry.PROMETHEUS_CONTENT_TYPE;

  /** The registries, for the sums of several processes. */
  registries(): [Registry, Registry] {
    return [this.#registry, processMetrics()];
  }

  async read(): Promise<string> {
    const texts = await Promise.all(this.registries().map((registry) => registry.metrics()));
    return `${texts.map((text) => text.trimEnd()).join('\n\n')}\n`;
  }

  /** Each scrape may learn the names of further models. */
  #refresh(): void {
    if (this.#agent) this.#models.refresh(this.#agent);
  }
}
