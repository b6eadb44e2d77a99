import type { AgentModel } from '../agent-client.ts';

/** A model under the name that clients use. */
export interface OfferedModel<Agent> {
  model: AgentModel;
  agent: Agent;
  /** The model's name at its agent. */
  ownId: string;
}

interface NamedModels<Agent> {
  name: string;
  agent: Agent;
  models: readonly AgentModel[];
}

/**
 * Returns the models of several agents, each once. A model keeps its own name when that is unambiguous. A name that an
 * earlier model has, or that reads as an agent's name, becomes `AGENT/MODEL`.
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

/** Returns the agent that a model name of the form `AGENT` or `AGENT/MODEL` refers to. */
export function findAgent(model: string, names: readonly string[]): string | undefined {
  return names.find((name) => model === name || model.startsWith(`${name}/`));
}
