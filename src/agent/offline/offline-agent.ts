import { omitUndefined } from '../../json/omit-undefined.ts';
import { throwIfAborted } from '../abort.ts';
import type { AgentClient, AgentModel } from '../agent-client.ts';
import { estimateInputTokens } from '../usage/estimate-input-tokens.ts';
import { planReply } from './plan-reply.ts';
import { playPlan } from './play-plan.ts';
import { readScriptHeader } from './read-script-header.ts';

/** `created` is 2026-01-01T00:00:00Z, so that answers are the same everywhere. */
const model: AgentModel = { id: 'offline', created: 1_767_225_600, ownedBy: 'talaria' };

/**
 * Creates the embedded default agent. It needs no model and no network, and accepts any model name. The same request
 * gets the same answer, except for the ids of tool calls. A script in a header or in the last user message makes it
 * produce any behaviour that a client must handle; docs/offline-agent.md is the reference.
 */
export function createOfflineAgent(): AgentClient {
  return {
    async models({ signal }) {
      throwIfAborted(signal);
      return [{ ...model }];
    },
    async run(request, { signal, exchange }) {
      throwIfAborted(signal);
      const plan = planReply(request, readScriptHeader(exchange));
      const inputTokens = await estimateInputTokens(request);
      throwIfAborted(signal);
      const { topLogprobs } = request.settings;
      return playPlan(plan, { inputTokens, signal, ...omitUndefined({ topLogprobs }) });
    },
    async [Symbol.asyncDispose]() {},
  };
}
