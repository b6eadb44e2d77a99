import type { AgentClient } from '../../agent/agent-client.ts';
import { limits } from '../../config/limits.ts';
import type { AgentConfig } from '../../config/to-agent-config.ts';

/** The names of models that the agents are configured with or list. Clients can send any other name. */
export class KnownModels {
  readonly #names: Set<string>;
  #listedAt = Number.NEGATIVE_INFINITY;

  constructor(agents: ReadonlyMap<string, AgentConfig>) {
    this.#names = new Set([...agents].flatMap(([name, agent]) => toNames(name, agent)));
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  /** Reads the agents' lists again in the background, at most once per `limits.metricModelsMs`. Never throws. */
  refresh(agent: Pick<AgentClient, 'models'>): void {
    const now = performance.now();
    if (now - this.#listedAt < limits.metricModelsMs) return;
    this.#listedAt = now;
    const signal = AbortSignal.timeout(limits.metricModelsTimeoutMs);
    // An agent that lists no models has none with a series of its own.
    agent.models({ signal }).then(
      (models) => this.#add(models.map(({ id }) => id)),
      () => undefined,
    );
  }

  /** More names than can have a label are of no use. */
  #add(names: readonly string[]): void {
    for (const name of names) if (this.#names.size < limits.metricModels) this.#names.add(name);
  }
}

/** With several agents, a client may put the name of one before the model. */
function toNames(name: string, agent: AgentConfig): string[] {
  if (agent.kind !== 'upstream') return [name];
  const models = [...(agent.model === undefined ? [] : [agent.model]), ...(agent.settings.models ?? [])];
  return [name, ...models, ...models.map((model) => `${name}/${model}`)];
}
