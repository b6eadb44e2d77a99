import type { AgentRequest, AgentTool, AgentToolChoice } from '../agent/agent-client.ts';
import type { Schemas } from '../contract/types.ts';
import { dropAbsent } from '../drop-absent.ts';
import { ApiError } from '../errors/api-error.ts';
import type { ResponseRequest } from './responses-deps.ts';

type Choice = NonNullable<ResponseRequest['tool_choice']>;

/**
 * The function tools, and how they may be used. Tools of other kinds are for the client's own platform; clients send
 * them unasked, so they are left out, unless `tool_choice` insists on one.
 */
export function toAgentTools(
  request: ResponseRequest,
): Pick<AgentRequest, 'tools' | 'toolChoice' | 'parallelToolCalls'> {
  const offered = (request.tools ?? []).filter((tool) => tool.type === 'function').map(toAgentTool);
  const { tools, toolChoice } = applyChoice(offered, request.tool_choice ?? 'auto');
  return { tools, toolChoice, ...dropAbsent({ parallelToolCalls: request.parallel_tool_calls }) };
}

function toAgentTool(tool: Schemas['FunctionTool']): AgentTool {
  const { name, description, parameters, strict } = tool;
  return { name, ...dropAbsent({ description, parameters, strict }) };
}

function applyChoice(tools: AgentTool[], choice: Choice): { tools: AgentTool[]; toolChoice: AgentToolChoice } {
  if (typeof choice === 'string') return { tools, toolChoice: choice };
  switch (choice.type) {
    case 'function':
      return { tools, toolChoice: { name: findTool(tools, choice.name).name } };
    case 'allowed_tools': {
      const allowed = new Set(choice.tools.map((tool) => tool['name']));
      return { tools: tools.filter((tool) => allowed.has(tool.name)), toolChoice: choice.mode ?? 'auto' };
    }
    default:
      throw new ApiError('unsupported_value', `This server can't be made to call a tool of type '${choice.type}'.`, {
        param: 'tool_choice',
      });
  }
}

function findTool(tools: AgentTool[], name: string): AgentTool {
  const tool = tools.find((candidate) => candidate.name === name);
  if (tool) return tool;
  throw new ApiError('invalid_value', `Tool choice '${name}' not found in 'tools' parameter.`, {
    param: 'tool_choice',
  });
}
