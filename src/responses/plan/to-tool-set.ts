import type { Schemas } from '../../contract/types.ts';
import { addClientRun, addCustom, addFunction } from '../../tools/add-client-tool.ts';
import { findClientRunType } from '../../tools/client-run/client-run-kinds.ts';
import { ToolSet } from '../../tools/tool-set.ts';

type Tool = Schemas['Tool'];

export interface OfferedTools {
  set: ToolSet;
  /** Tools of types that the client does not run. */
  unsupported: Tool[];
}

export interface ToolSources {
  /** The tools that searches of the client's found: they are loaded. */
  found?: readonly Tool[];
  /** Whether the agent speaks the Responses API. It knows all types of tools itself. */
  speaksResponses?: boolean;
}

/**
 * Returns the tools of a request, with namespaces flattened. Tools that the client wants loaded only by its search are left
 * out until a search has found them.
 */
export function toToolSet(
  tools: readonly Tool[],
  { found = [], speaksResponses = false }: ToolSources = {},
): OfferedTools {
  const offered: OfferedTools = { set: new ToolSet(), unsupported: [] };
  const searches = !speaksResponses && tools.some((tool) => findClientRunType(tool) === 'tool_search');
  for (const tool of tools) addTool(offered, tool, { speaksResponses, defers: searches });
  for (const tool of found) addTool(offered, tool, { speaksResponses, defers: false });
  return offered;
}

interface AddOptions {
  speaksResponses: boolean;
  /** Whether to leave out the tools that a search is to find. */
  defers: boolean;
}

function addTool({ set, unsupported }: OfferedTools, tool: Tool, { speaksResponses, defers }: AddOptions): void {
  const isOffered = ({ defer_loading: isDeferred }: Schemas['NamespacedTool']) => !(defers && isDeferred);
  switch (tool.type) {
    case 'function':
    case 'custom':
      if (isOffered(tool)) addNamed(set, tool);
      return;
    case 'namespace':
      for (const member of tool.tools.filter(isOffered)) addNamed(set, member, tool.name);
      return;
    default: {
      const type = speaksResponses ? undefined : findClientRunType(tool);
      if (type) addClientRun(set, type, tool);
      else unsupported.push(tool);
    }
  }
}

function addNamed(set: ToolSet, tool: Schemas['NamespacedTool'], namespace?: string): void {
  if (tool.type === 'function') return addFunction(set, tool, namespace);
  const { name, description, format, async } = tool;
  addCustom(set, { name, description, async, grammar: format?.type === 'grammar' ? format : undefined }, namespace);
}
