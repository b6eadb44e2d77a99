import type { AgentRequest, AgentToolChoice } from '../../agent/agent-client.ts';
import { ApiError } from '../../errors/api-error.ts';
import type { ClientTool, ToolSet } from '../../tools/tool-set.ts';
import type { ResponseRequest } from '../responses-deps.ts';

type Choice = NonNullable<ResponseRequest['tool_choice']>;
type AllowedTool = Extract<Choice, { type: 'allowed_tools' }>['tools'][number];

/**
 * The tools the agent is given, and how it must use them. With `allowed_tools` it is given only those: what it can't
 * see it can't call, and a call to any other is suppressed besides (Open Responses N44, N45).
 */
export function toToolChoice(set: ToolSet, choice: Choice): Pick<AgentRequest, 'tools' | 'toolChoice'> {
  const tools = set.agentTools;
  if (typeof choice === 'string') {
    if (choice === 'required' && tools.length === 0) throw missing("'required' needs a tool in 'tools'.");
    return { tools, toolChoice: choice };
  }
  switch (choice.type) {
    case 'function':
    case 'custom':
      return { tools, toolChoice: selectOne(set, { type: choice.type, name: choice.name }) };
    case 'allowed_tools': {
      const names = new Set(choice.tools.flatMap((allowed) => set.select((tool) => isMeant(tool, allowed))));
      if (names.size === 0 && choice.mode === 'required') throw missing("None of 'tool_choice.tools' is in 'tools'.");
      const toolChoice = names.size === 0 ? 'none' : (choice.mode ?? 'auto');
      return { tools: tools.filter((tool) => names.has(tool.name)), toolChoice };
    }
    default:
      throw new ApiError('unsupported_value', `This server has no tool of type '${choice.type}' to call.`, {
        param: 'tool_choice',
      });
  }
}

function selectOne(set: ToolSet, wanted: { type: 'function' | 'custom'; name: string }): AgentToolChoice {
  const [name] = set.select((tool) => isMeant(tool, wanted));
  if (name === undefined) throw missing(`Tool choice '${wanted.name}' not found in 'tools' parameter.`);
  return { name };
}

/** A tool in a namespace may be meant by its own name or by both, as `namespace.name`. */
function isMeant(tool: ClientTool, { type, name }: AllowedTool): boolean {
  if (type === 'namespace') return tool.namespace === name;
  if (type !== undefined && type !== tool.kind) return false;
  return tool.name === name || (tool.namespace !== undefined && `${tool.namespace}.${tool.name}` === name);
}

function missing(message: string): ApiError {
  return new ApiError('invalid_value', message, { param: 'tool_choice' });
}
