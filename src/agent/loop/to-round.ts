import type { AgentMessage, AgentRequest, AgentToolChoice } from '../agent-client.ts';
import type { LoopState } from './loop-state.ts';
import type { OfferedTools } from './offered-tools.ts';
import { toRoundTurn } from './to-round-turn.ts';

export interface RoundSources {
  offered: OfferedTools;
  state: LoopState;
  /** The labels of all servers. */
  labels: ReadonlySet<string>;
}

/** Returns the request for the next reply: the client's, with the server-side tools and what happened since. */
export function toRound(request: AgentRequest, sources: RoundSources): AgentRequest {
  const { offered, state } = sources;
  const isFirst = state.replies.length === 0;
  const { loop, responses, settings, agentState: previous, ...rest } = request;
  const choice = isFirst ? toFirstChoice(request, offered) : { toolChoice: toLaterChoice(request.toolChoice) };
  const offers = offered.agentTools.filter(({ name }) => choice.only?.has(name) ?? true);
  const messages = toMessages(request, state);
  // The agent knows the calls of answered approvals by other ids: it receives the whole history.
  const agentState = state.agentState ?? (loop?.approvals.length ? undefined : previous);
  return {
    ...rest,
    messages,
    tools: choice.only ? offers : [...request.tools, ...offers],
    toolChoice: choice.toolChoice,
    ...(choice.only ? { toolsRestricted: true } : {}),
    settings: isFirst ? settings : { ...settings, ...toRemaining(settings.maxOutputTokens, state) },
    ...(agentState === undefined ? {} : { agentState }),
    ...(responses ? { responses: () => toRoundTurn(request, responses(), { ...sources, messages, choice }) } : {}),
  };
}

/** Fills the empty results of answered approvals, and adds the replies of this run with the results of their calls. */
function toMessages({ messages }: AgentRequest, state: LoopState): AgentMessage[] {
  const filled = messages.map((message) => {
    const content = message.role === 'tool' && message.content.length === 0 && state.resultOf(message.callId);
    return content ? { ...message, content: [...content] } : message;
  });
  return [...filled, ...state.replies.flatMap((reply) => state.messagesOf(reply))];
}

export interface RoundChoice {
  toolChoice: AgentToolChoice;
  /** The tools to which the reply is restricted, by the model's names. */
  only?: ReadonlySet<string>;
}

function toFirstChoice({ loop, toolChoice }: AgentRequest, offered: OfferedTools): RoundChoice {
  if (!loop?.choice) return { toolChoice };
  const names = offered.namesOf(loop.choice);
  const [name] = names;
  if (name === undefined) return { toolChoice };
  const isOne = 'hosted' in loop.choice || loop.choice.tool !== undefined;
  return isOne ? { toolChoice: { name } } : { toolChoice: 'required', only: new Set(names) };
}

/** A choice holds for the first reply: a tool that is required in each would never let the model answer. */
const toLaterChoice = (choice: AgentToolChoice): AgentToolChoice => (choice === 'none' ? 'none' : 'auto');

/** Returns how many tokens are left of the request's limit. Some clients send 0 or -1 for no limit. */
export function toRemaining(limit: number | undefined, { usage }: LoopState): { maxOutputTokens?: number } {
  return limit === undefined || limit <= 0 ? {} : { maxOutputTokens: limit - (usage?.outputTokens ?? 0) };
}
