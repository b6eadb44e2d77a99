import type { AgentRequest } from '../../agent/agent-client.ts';
import { invalidToolChoice, selectTool } from '../../agent/request/select-tool.ts';
import { isObject } from '../../json/is-object.ts';
import type { ClientTool, ToolSet } from '../../tools/tool-set.ts';
import type { ChatRequest } from '../chat-deps.ts';

/**
 * Returns the tools offered to the agent and the choice among them. `function_call` is the older name of `tool_choice`.
 * With `allowed_tools` only those are offered: the agent cannot call a tool that it does not see.
 */
export function toToolChoice(
  request: ChatRequest,
  set: ToolSet,
): Pick<AgentRequest, 'tools' | 'toolChoice' | 'toolsRestricted'> {
  const tools = set.agentTools;
  const choice = request.tool_choice ?? request.function_call ?? 'auto';
  if (typeof choice === 'string') return { tools, toolChoice: checkMode(choice, tools.length) };
  if (!('type' in choice)) return { tools, toolChoice: { name: select(set, 'function', choice.name) } };
  switch (choice.type) {
    case 'function':
      return { tools, toolChoice: { name: select(set, 'function', choice.function.name) } };
    case 'custom':
      return { tools, toolChoice: { name: select(set, 'custom', choice.custom.name) } };
    case 'allowed_tools': {
      const { mode, tools: listed } = choice.allowed_tools;
      const names = new Set(listed.map((reference) => selectListed(set, reference)));
      const allowed = tools.filter((tool) => names.has(tool.name));
      return { tools: allowed, toolChoice: checkMode(mode, names.size), toolsRestricted: true };
    }
    default:
      return choice satisfies never;
  }
}

function checkMode<Mode extends string>(mode: Mode, offered: number): Mode {
  if (mode !== 'required' || offered > 0) return mode;
  throw invalidToolChoice("Invalid value for 'tool_choice': 'required' is only allowed when there are tools to call.");
}

/** `reference` has the form of an entry of `tools`: `{ type, [type]: { name } }`. */
function selectListed(set: ToolSet, reference: Record<string, unknown>): string {
  const kind = reference['type'];
  if (kind !== 'function' && kind !== 'custom') {
    throw invalidToolChoice("Invalid type in 'allowed_tools'. Expected one of: function, custom.");
  }
  const definition = reference[kind];
  const name = isObject(definition) ? definition['name'] : undefined;
  if (typeof name !== 'string') throw invalidToolChoice(`A tool in 'allowed_tools' requires '${kind}.name'.`);
  return select(set, kind, name);
}

function select(set: ToolSet, kind: ClientTool['kind'], name: string): string {
  return selectTool(set, name, (tool) => tool.kind === kind && tool.name === name);
}
