import { ApiError } from '../../errors/api-error.ts';
import type { AgentClient, AgentRequest } from '../agent-client.ts';
import { createUpstreamAgent, type UpstreamAgentOptions } from '../upstream/create-upstream-agent.ts';
import { responsesFormat } from './responses-format.ts';

/**
 * Creates an agent behind the Responses API. A refused turn is repeated once without what the upstream could not use: a
 * response that it has forgotten, or reasoning that it does not accept.
 */
export function createResponsesAgent(options: UpstreamAgentOptions): AgentClient {
  const agent = createUpstreamAgent(responsesFormat, options);
  return {
    models: (modelOptions) => agent.models(modelOptions),
    speaksResponses: async () => true,
    async run(request, runOptions) {
      try {
        return await agent.run(request, runOptions);
      } catch (error) {
        const reduced = reduce(request, error);
        if (!reduced) throw error;
        options.log?.warn({ err: error }, 'repeating refused turn without state or reasoning of the agent');
        return agent.run(reduced, runOptions);
      }
    },
    [Symbol.asyncDispose]: () => agent[Symbol.asyncDispose](),
  };
}

/** Statuses of a refusal that may be about a response that the upstream no longer has. */
const forgottenStatuses = new Set([400, 404, 410]);

/** Returns the request without what the error is about, `undefined` when that would be the same request. */
function reduce({ agentState, ...request }: AgentRequest, error: unknown): AgentRequest | undefined {
  if (!(error instanceof ApiError) || !forgottenStatuses.has(error.status)) return undefined;
  const subject = `${error.wireCode} ${error.param} ${error.message}`;
  // Not every server names what it has not found.
  if (agentState !== undefined && (error.status !== 400 || /previous[_ ]response/i.test(subject))) return request;
  if (!/reasoning|encrypted/i.test(subject)) return undefined;
  return withoutReasoning(request);
}

function withoutReasoning(request: AgentRequest): AgentRequest | undefined {
  const turn = request.responses?.();
  const items = turn?.items.filter((item) => item['type'] !== 'reasoning');
  const messages = request.messages.map((message) => {
    if (message.role !== 'assistant' || message.reasoning === undefined) return message;
    const { reasoning, ...rest } = message;
    return rest;
  });
  const isSame =
    items?.length === turn?.items.length && messages.every((one, index) => one === request.messages[index]);
  if (isSame) return undefined;
  return { ...request, messages, ...(turn && items ? { responses: () => ({ ...turn, items }) } : {}) };
}
