import type { AgentRequest } from '../../agent/agent-client.ts';
import { invalidToolChoice, selectTool } from '../../agent/request/select-tool.ts';
import { ApiError } from '../../errors/api-error.ts';
import { isClientRunType } from '../../tools/client-run/client-run-kinds.ts';
import { includesHosted } from '../../tools/hosted-name.ts';
import type { ClientTool, ToolSet } from '../../tools/tool-set.ts';
import type { ResponseRequest } from '../responses-deps.ts';

type Choice = NonNullable<ResponseRequest['tool_choice']>;
type AllowedTool = Extract<Choice, { type: 'allowed_tools' }>['tools'][number];

interface OtherTools {
  /** Whether the agent is offered tools that it runs itself. */
  hasHosted?: boolean;
  /** Whether this server may run tools of the request. */
  hasServers?: boolean;
  /** Hosted tools that this server runs. */
  hosted?: readonly { type: string }[];
}

/**
 * Returns the tools offered to the agent and the choice among them. An agent that is offered hosted tools may call one of
 * those too, so no call of the client's tools is required of it; it receives the choice as the client sent it. With
 * `allowed_tools` only those are offered: the
 * agent cannot call a tool that it does not see, and a call to any other is suppressed (Open Responses N44, N45).
 */
export function toToolChoice(
  set: ToolSet,
  choice: Choice,
  { hasHosted = false, hasServers = false, hosted = [] }: OtherTools = {},
): Pick<AgentRequest, 'tools' | 'toolChoice' | 'toolsRestricted'> {
  const tools = set.agentTools;
  if (typeof choice === 'string') {
    if (choice === 'required' && hasHosted) return { tools, toolChoice: 'auto' };
    if (choice === 'required' && tools.length === 0 && !hasServers)
      throw invalidToolChoice("'required' needs a tool in 'tools'.");
    return { tools, toolChoice: choice };
  }
  switch (choice.type) {
    case 'function':
    case 'custom':
      return { tools, toolChoice: { name: selectTool(set, choice.name, (tool) => isMeant(tool, choice)) } };
    case 'allowed_tools': {
      const names = new Set(choice.tools.flatMap((allowed) => set.select((tool) => isMeant(tool, allowed))));
      if (hasHosted) return { tools: tools.filter((tool) => names.has(tool.name)), toolChoice: 'auto' };
      if (names.size === 0 && choice.mode === 'required' && !hasServers) {
        throw invalidToolChoice("None of 'tool_choice.tools' is in 'tools'.");
      }
      const allowsServer = hasServers && choice.tools.some(({ type }) => type !== 'function' && type !== 'custom');
      const toolChoice = names.size === 0 && !allowsServer ? 'none' : (choice.mode ?? 'auto');
      return { tools: tools.filter((tool) => names.has(tool.name)), toolChoice, toolsRestricted: true };
    }
    default:
      if (hasHosted) return { tools, toolChoice: 'auto' };
      // The tool loop requires the call.
      if ((choice.type === 'mcp' && hasServers) || includesHosted(hosted, choice.type))
        return { tools, toolChoice: 'auto' };
      if (isClientRunType(choice.type)) {
        return { tools, toolChoice: { name: selectTool(set, choice.type, ({ kind }) => kind === choice.type) } };
      }
      throw new ApiError('unsupported_value', `This server does not support calling a tool of type '${choice.type}'.`, {
        param: 'tool_choice',
      });
  }
}

/** Whether a choice means this tool. A tool in a namespace goes by its own name or by `namespace.name`. */
function isMeant(tool: ClientTool, { type, name }: AllowedTool): boolean {
  if (type === 'namespace') return tool.namespace === name;
  if (type !== undefined && type !== tool.kind) return false;
  // Its type is all that names it.
  if (isClientRunType(tool.kind)) return type !== undefined;
  return tool.name === name || (tool.namespace !== undefined && `${tool.namespace}.${tool.name}` === name);
}
