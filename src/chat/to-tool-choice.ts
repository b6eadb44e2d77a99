import type { AgentRequest } from '../agent/agent-client.ts';
import { ApiError } from '../errors/api-error.ts';
import { isObject } from '../json/is-object.ts';
import type { ClientTool, ToolSet } from '../tools/tool-set.ts';
import type { ChatRequest } from './chat-deps.ts';

/**
 * The tools the agent is given, and how it must use them; `function_call` is the older name of `tool_choice`. With
 * `allowed_tools` it is given only those: what it can't see it can't call.
 */
export function toToolChoice(request: ChatRequest, set: ToolSet): Pick<AgentRequest, 'tools' | 'toolChoice'> {
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
      return { tools: tools.filter((tool) => names.has(tool.name)), toolChoice: checkMode(mode, names.size) };
    }
    default:
      return choice satisfies never;
  }
}

function checkMode<Mode extends string>(mode: Mode, offered: number): Mode {
  if (mode === 'required' && offered === 0) {
    throw invalid("Invalid value for 'tool_choice': 'required' is only allowed when there are tools to call.");
  }
  return mode;
}

/** `reference` is like an entry of `tools`: `{ type, [type]: { name } }`. */
function selectListed(set: ToolSet, reference: Record<string, unknown>): string {
  const kind = reference['type'];
  if (kind !== 'function' && kind !== 'custom') throw invalid("'allowed_tools' lists functions and custom tools.");
  const named = reference[kind];
  const name = isObject(named) ? named['name'] : undefined;
  if (typeof name !== 'string') throw invalid(`A tool in 'allowed_tools' needs '${kind}.name'.`);
  return select(set, kind, name);
}

/** The agent's name of a tool. */
function select(set: ToolSet, kind: ClientTool['kind'], name: string): string {
  const [agentName] = set.select((tool) => tool.kind === kind && tool.name === name);
  if (agentName === undefined) throw invalid(`Tool choice '${name}' not found in 'tools' parameter.`);
  return agentName;
}

function invalid(message: string): ApiError {
  return new ApiError('invalid_value', message, { param: 'tool_choice' });
}
