import type { Schemas } from '../../contract/types.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { AgentTool } from '../../tools/agent-tool.ts';
import { fromCustomTool } from '../../tools/custom-tool.ts';
import { toFlatName } from '../../tools/flat-name.ts';
import { type ClientTool, ToolSet } from '../../tools/tool-set.ts';

type Tool = Schemas['Tool'];

export interface OfferedTools {
  set: ToolSet;
  /** Types of tools that this server has not got. Clients send them unasked, so they are left out, and logged. */
  unavailable: string[];
}

/** The tools of a request, those of a namespace flattened, freeform ones as functions. */
export function toToolSet(tools: readonly Tool[]): OfferedTools {
  const offered: OfferedTools = { set: new ToolSet(), unavailable: [] };
  for (const tool of tools) addTool(offered, tool);
  return offered;
}

function addTool({ set, unavailable }: OfferedTools, tool: Tool): void {
  switch (tool.type) {
    case 'function':
    case 'custom':
      set.add(toAgentTool(tool), toClientTool(tool));
      return;
    case 'namespace':
      for (const member of tool.tools) set.add(toAgentTool(member, tool.name), toClientTool(member, tool.name));
      return;
    default:
      unavailable.push(tool.type);
  }
}

function toClientTool({ type, name }: Schemas['NamespacedTool'], namespace?: string): ClientTool {
  return { kind: type, name, ...omitUndefined({ namespace }) };
}

function toAgentTool(tool: Schemas['NamespacedTool'], namespace?: string): AgentTool {
  const name = toFlatName(tool.name, namespace);
  if (tool.type === 'function') {
    const { description, parameters, strict } = tool;
    return { name, ...omitUndefined({ description, parameters, strict }) };
  }
  const { description, format } = tool;
  return fromCustomTool({
    name,
    ...omitUndefined({ description, grammar: format?.type === 'grammar' ? format : null }),
  });
}
