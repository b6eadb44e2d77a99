import type { Schemas } from '../contract/types.ts';
import { dropAbsent } from '../drop-absent.ts';
import { fromCustomTool } from '../tools/custom-tool.ts';
import { toFlatName } from '../tools/flat-name.ts';
import { ToolSet } from '../tools/tool-set.ts';
import type { ChatRequest } from './chat-deps.ts';

/** The tools of a request, freeform ones as functions. `functions` is the older name of `tools`. */
export function toToolSet({ tools, functions }: ChatRequest): ToolSet {
  const set = new ToolSet();
  for (const tool of tools ?? []) {
    if (tool.type === 'function') addFunction(set, tool.function);
    else addCustom(set, tool.custom);
  }
  for (const definition of functions ?? []) addFunction(set, definition);
  return set;
}

function addFunction(set: ToolSet, { name, description, parameters, strict }: Schemas['ChatFunction']): void {
  const agentTool = { name: toFlatName(name), ...dropAbsent({ description, parameters, strict }) };
  set.add(agentTool, { kind: 'function', name });
}

function addCustom(set: ToolSet, { name, description, format }: Schemas['ChatCustomToolDefinition']): void {
  const grammar = format?.type === 'grammar' ? format.grammar : undefined;
  const agentTool = fromCustomTool({ name: toFlatName(name), ...dropAbsent({ description, grammar }) });
  set.add(agentTool, { kind: 'custom', name });
}
