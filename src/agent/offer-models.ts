import type { AgentModel } from './agent-client.ts';

/** A model under the name by which clients ask for it. */
export interface OfferedModel<Agent> {
  model: AgentModel;
  agent: Agent;
  /** What the agent itself calls it. */
  ownId: string;
}

interface NamedModels<Agent> {
  name: string;
  agent: Agent;
  models: readonly AgentModel[];
}

/**
 * What several agents offer together, each model once. It has its own name where that can mean nothing else; a model
 * whose name an earlier one has, or that reads as an agent's, is offered as `AGENT/MODEL`.
 */
export function offerModels<Agent>(agents: readonly NamedModels<Agent>[]): OfferedModel<Agent>[] {
  const names = agents.map(({ name }) => name);
  const offered = new Map<string, OfferedModel<Agent>>();
  for (const { name, agent, models } of agents) {
    for (const model of models) {
      const isTaken = offered.has(model.id) || findAgent(model.id, names) !== undefined;
      const id = isTaken ? `${name}/${model.id}` : model.id;
      if (!offered.has(id)) offered.set(id, { model: { ...model, id }, agent, ownId: model.id });
    }
  }
  return [...offered.values()];
}

/** The agent that a model's name names, as `AGENT` or `AGENT/MODEL`. */
export function findAgent(model: string, names: readonly string[]): string | undefined {
  return names.find((name) => model === name || model.startsWith(`${name}/`));
}
