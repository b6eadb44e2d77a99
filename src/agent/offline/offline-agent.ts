import { omitUndefined } from '../../json/omit-undefined.ts';
import type { AgentClient, AgentModel } from '../agent-client.ts';
import { throwIfAborted } from '../throw-if-aborted.ts';
import { estimateInputTokens } from '../usage/estimate-input-tokens.ts';
import { planReply } from './plan-reply.ts';
import { playPlan } from './play-plan.ts';

/** A fixed date, 2026-01-01T00:00:00Z: the same answer on every machine and day. */
const model: AgentModel = { id: 'offline', created: 1_767_225_600, ownedBy: 'talaria' };

/**
 * The embedded default agent: no model, no network, the same answer to the same request (only the ids of tool calls are
 * new each time). A script in the last user message makes it do whatever a client must handle; docs/offline-agent.md is
 * its reference. It answers under any model name.
 */
export function createOfflineAgent(): AgentClient {
  return {
    async models({ signal }) {
      throwIfAborted(signal);
      return [{ ...model }];
    },
    async run(request, { signal }) {
      throwIfAborted(signal);
      const plan = planReply(request);
      const inputTokens = await estimateInputTokens(request);
      throwIfAborted(signal);
      const { topLogprobs } = request.settings;
      return playPlan(plan, { inputTokens, signal, ...omitUndefined({ topLogprobs }) });
    },
    async [Symbol.asyncDispose]() {},
  };
}
