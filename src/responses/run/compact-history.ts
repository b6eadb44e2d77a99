import type { AgentClient, AgentMessage, AgentRequest, AgentUsage, RunOptions } from '../../agent/agent-client.ts';
import { estimateUsage } from '../../agent/usage/estimate-usage.ts';
import { ApiError } from '../../errors/api-error.ts';
import type { CompactedHistory } from '../../items/parse-compaction.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';

const prompt =
  'Summarise the conversation so far for yourself, so that you can go on with it later without seeing it again. ' +
  'Keep every fact, name, number, decision, open question and task that may still matter, what tools were used for ' +
  'and what they found, and what the user wants next. Write the summary alone.';

export interface Compaction extends CompactedHistory {
  usage: AgentUsage;
  usageIsEstimate: boolean;
}

/**
 * Has the agent summarise the messages before `kept`, the last ones, which stay as they are. Rejects with an ApiError
 * when the agent refuses, fails or produces no output.
 */
export async function compactHistory(
  agent: AgentClient,
  request: AgentRequest,
  { kept, ...options }: RunOptions & { kept: AgentMessage[] },
): Promise<Compaction> {
  const past = request.messages.slice(0, request.messages.length - kept.length);
  const { model, instructions, sessionId } = request;
  const summaryRequest: AgentRequest = {
    ...omitUndefined({ model, instructions }),
    messages: [...past, { role: 'user', content: [{ type: 'text', text: prompt }] }],
    tools: [],
    toolChoice: 'none',
    settings: {},
    sessionId,
    compacts: true,
    watched: false,
  };
  const { text, usage } = await readText(agent, summaryRequest, options);
  return {
    summary: text,
    messages: kept,
    usage: usage ?? (await estimateUsage(summaryRequest, { answer: text, reasoning: '' })),
    usageIsEstimate: usage === undefined,
  };
}

async function readText(agent: AgentClient, request: AgentRequest, options: RunOptions) {
  let text = '';
  let usage: AgentUsage | undefined;
  let hasEnded = false;
  for await (const batch of await agent.run(request, options)) {
    for (const event of batch) {
      if (event.type === 'text-delta') text += event.text;
      else if (event.type === 'usage') usage = event.usage;
      else if (event.type === 'run-end') hasEnded = true;
    }
  }
  if (!hasEnded) throw new ApiError('upstream_error', "The agent's summary of the conversation ended early.");
  if (text.trim() === '') throw new ApiError('upstream_error', 'The agent produced no summary of the conversation.');
  return { text, usage };
}

/** Returns the messages from `start` on, preceded by the calls that the first of them answer. */
export function keepFrom(messages: AgentMessage[], start: number): AgentMessage[] {
  let first = start;
  while (first > 0 && (messages[first]?.role === 'tool' || isAwaiting(messages[first - 1]))) first -= 1;
  return messages.slice(first);
}

const isAwaiting = (message: AgentMessage | undefined): boolean =>
  message?.role === 'assistant' && message.toolCalls.length > 0;
