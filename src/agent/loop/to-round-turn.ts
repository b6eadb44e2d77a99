import type { AgentMessage, AgentRequest, AgentToolChoice, ResponsesTurn } from '../agent-client.ts';
import { isOurTool } from './is-our-tool.ts';
import type { LoopState } from './loop-state.ts';
import type { OfferedTools } from './offered-tools.ts';
import { toFunctionItems, toOutputItems } from './to-function-items.ts';

type Item = Record<string, unknown>;

interface TurnSources {
  offered: OfferedTools;
  state: LoopState;
  /** The labels of all servers. */
  labels: ReadonlySet<string>;
  messages: readonly AgentMessage[];
  choice: { toolChoice: AgentToolChoice; only?: ReadonlySet<string> };
}

/**
 * Returns the turn for an agent that speaks the Responses API. Server-side tools are functions to it. The replies of this
 * run follow as their own items, so that encrypted reasoning goes back with the results.
 */
export function toRoundTurn(request: AgentRequest, turn: ResponsesTurn, sources: TurnSources): ResponsesTurn {
  const { offered, state, labels, messages, choice } = sources;
  const isOurs = (tool: unknown) => isOurTool(tool, { labels, offered });
  const start = turn.items.length - turn.newItems;
  const past = toFunctionItems(turn.items.slice(0, start), sources);
  const added = toFunctionItems(turn.items, sources).slice(past.length);
  const answers = toOutputItems(request.loop?.approvals.map(({ id }) => id) ?? [], state);
  const rounds = state.replies.map((reply) => [
    ...(reply.items ?? []),
    ...toOutputItems(
      reply.calls.map(({ callId }) => callId),
      state,
    ),
  ]);
  const items = [...past, ...added, ...answers, ...rounds.flat()];
  const functions = offered.agentTools.filter(({ name }) => choice.only?.has(name) ?? true);
  const { tool_choice: sent, ...fields } = turn.fields;
  return {
    items,
    newItems: items.length - countKnown(past, { added: added.length + answers.length, rounds, state }),
    messages: messages.length,
    tools: [...(choice.only ? [] : turn.tools.filter((tool) => !isOurs(tool))), ...functions.map(toFunction)],
    fields: { ...fields, ...toChoiceField(sent, choice.toolChoice, state.replies.length === 0 && !isOurs(sent)) },
  };
}

/** Counts the items that the agent's own state holds: those up to the last reply that reported a state. */
function countKnown(
  past: readonly Item[],
  { added, rounds, state }: { added: number; rounds: readonly Item[][]; state: LoopState },
): number {
  const last = state.replies.findLastIndex(({ agentState }) => agentState !== undefined);
  if (last === -1) return past.length;
  const before = rounds.slice(0, last).reduce((sum, items) => sum + items.length, 0);
  return past.length + added + before + (state.replies[last]?.items?.length ?? 0);
}

function toFunction({ name, description, parameters }: AgentRequest['tools'][number]): Item {
  return { type: 'function', name, ...(description === undefined ? {} : { description }), parameters, strict: false };
}

/** Returns the choice as the client sent it, if it holds for this reply. */
function toChoiceField(sent: unknown, choice: AgentToolChoice, isAsSent: boolean): Item {
  if (isAsSent) return sent === undefined ? {} : { tool_choice: sent };
  return { tool_choice: typeof choice === 'string' ? choice : { type: 'function', name: choice.name } };
}
