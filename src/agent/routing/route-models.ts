import { ApiError } from '../../errors/api-error.ts';
import type { AgentClient, AgentRequest } from '../agent-client.ts';
import type { KnownModels } from './known-models.ts';
import { findAgent, type OfferedModel, offerModels } from './offer-models.ts';

export interface RoutedAgent {
  name: string;
  agent: AgentClient;
  models: Pick<KnownModels, 'read'>;
}

interface Offer {
  models: OfferedModel<AgentClient>[];
  /** The error of the first agent whose models could not be read. */
  failure: unknown;
}

/**
 * Combines several agents into one. The `model` of a request selects the agent: `AGENT/MODEL`, `AGENT` for its default
 * model, or a model's own name. Requests without a model go to the first agent. Disposing does not dispose the agents,
 * which other views share.
 */
export function routeModels(agents: readonly [RoutedAgent, ...RoutedAgent[]]): AgentClient {
  const names = agents.map(({ name }) => name);

  return {
    async models({ signal }) {
      const { models, failure } = await offer(signal);
      if (models.length === 0 && failure !== undefined) throw failure;
      return models.map(({ model }) => model);
    },
    async speaksResponses(model, options) {
      if (!agents.some(({ agent }) => agent.speaksResponses)) return false;
      // The run reports why no agent can be selected.
      const chosen = await choose(model, options.signal).catch(() => undefined);
      return (await chosen?.agent.speaksResponses?.(chosen.model, options)) ?? false;
    },
    async run(request, options) {
      const { agent, name, ...choice } = await choose(request.model, options.signal);
      options.observer?.routed(name);
      const { model: _named, ...rest } = request;
      const routed: AgentRequest = choice.model === undefined ? rest : { ...rest, model: choice.model };
      return agent.run(routed, options);
    },
    async [Symbol.asyncDispose]() {},
  };

  async function choose(
    model: string | undefined,
    signal: AbortSignal,
  ): Promise<{ agent: AgentClient; name: string; model?: string }> {
    if (model === undefined) return agents[0];
    const named = findAgent(model, names);
    const routed = agents.find(({ name }) => name === named);
    if (named !== undefined && routed) {
      return model === named ? routed : { ...routed, model: model.slice(named.length + 1) };
    }
    const { models, failure } = await offer(signal);
    const found = models.find((offered) => offered.model.id === model);
    const owner = agents.find(({ agent }) => agent === found?.agent);
    if (found && owner) return { ...owner, model: found.ownId };
    // The agent whose models are unknown may have it.
    if (failure !== undefined) throw failure;
    throw new ApiError('model_not_found', `The model '${model}' does not exist.`, { param: 'model' });
  }

  async function offer(signal: AbortSignal): Promise<Offer> {
    const answers = await Promise.allSettled(agents.map(({ models }) => models.read(signal)));
    const lists = agents.map(({ name, agent }, index) => {
      const answer = answers[index];
      return { name, agent, models: answer?.status === 'fulfilled' ? answer.value : [] };
    });
    return { models: offerModels(lists), failure: answers.find((answer) => answer.status === 'rejected')?.reason };
  }
}
