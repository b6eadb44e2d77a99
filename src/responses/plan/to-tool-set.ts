import type { Schemas } from '../../contract/types.ts';
import { addCustom, addFunction } from '../../tools/add-client-tool.ts';
import { ToolSet } from '../../tools/tool-set.ts';

type Tool = Schemas['Tool'];

export interface OfferedTools {
  set: ToolSet;
  /** The types of tools that this server does not support. Clients send them by default, so they are logged, not refused. */
  unsupported: string[];
}

/** Returns the tools of a request, with namespaces flattened. */
export function toToolSet(tools: readonly Tool[]): OfferedTools {
  const offered: OfferedTools = { set: new ToolSet(), unsupported: [] };
  for (const tool of tools) addTool(offered, tool);
  return offered;
}

function addTool({ set, unsupported }: OfferedTools, tool: Tool): void {
  switch (tool.type) {
    case 'function':
    case 'custom':
      addNamed(set, tool);
      return;
    case 'namespace':
      for (const member of tool.tools) addNamed(set, member, tool.name);
      return;
    default:
      unsupported.push(tool.type);
  }
}

function addNamed(set: ToolSet, tool: Schemas['NamespacedTool'], namespace?: string): void {
  if (tool.type === 'function') return addFunction(set, tool, namespace);
  const { name, description, format, async } = tool;
  addCustom(set, { name, description, async, grammar: format?.type === 'grammar' ? format : undefined }, namespace);
}
