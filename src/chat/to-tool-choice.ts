import type { AgentRequest, AgentTool, AgentToolChoice } from '../agent/agent-client.ts';
import { ApiError } from '../errors/api-error.ts';
import type { ChatRequest } from './chat-deps.ts';

type Tools = Pick<AgentRequest, 'tools' | 'toolChoice'>;

/** How the offered tools may be used; `function_call` is the older name of `tool_choice`. */
export function toToolChoice(request: ChatRequest, tools: AgentTool[]): Tools {
  const choice = request.tool_choice ?? request.function_call ?? 'auto';
  if (typeof choice === 'string') return { tools, toolChoice: choice };
  if (!('type' in choice)) return { tools, toolChoice: named(choice.name, tools) };
  switch (choice.type) {
    case 'function':
      return { tools, toolChoice: named(choice.function.name, tools) };
    case 'allowed_tools': {
      const { mode, tools: listed } = choice.allowed_tools;
      const allowed = new Set(listed.map((tool) => toName(tool)));
      return { tools: tools.filter((tool) => allowed.has(tool.name)), toolChoice: mode };
    }
    default:
      throw new ApiError('unsupported_value', `Tools of type '${choice.type}' are not available.`, {
        param: 'tool_choice',
      });
  }
}

function named(name: string, tools: AgentTool[]): AgentToolChoice {
  if (tools.some((tool) => tool.name === name)) return { name };
  throw new ApiError('invalid_value', `Tool choice '${name}' not found in 'tools' parameter.`, {
    param: 'tool_choice',
  });
}

function toName(tool: Record<string, unknown>): unknown {
  const definition = tool['function'];
  return typeof definition === 'object' && definition !== null && 'name' in definition ? definition.name : undefined;
}
