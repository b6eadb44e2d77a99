import type { Schemas } from '../contract/types.ts';
import { omitUndefined } from '../json/omit-undefined.ts';
import { checkSchemaSize } from '../schemas/check-schema.ts';
import { fromCustomTool } from '../tools/custom-tool.ts';
import { toFlatName } from '../tools/flat-name.ts';
import { ToolSet } from '../tools/tool-set.ts';
import type { ChatRequest } from './chat-deps.ts';

/**
 * The tools of a request, freeform ones as functions. Throws an ApiError when the parameters of one exceed `bytes`.
 * `functions` is the older name of `tools`.
 */
export function toToolSet({ tools, functions }: ChatRequest, bytes: number): ToolSet {
  const set = new ToolSet();
  for (const [index, tool] of (tools ?? []).entries()) {
    if (tool.type === 'function') checkParameters(tool.function, `tools[${index}].function.parameters`, bytes);
  }
  for (const [index, tool] of (functions ?? []).entries()) {
    checkParameters(tool, `functions[${index}].parameters`, bytes);
  }
  for (const tool of tools ?? []) {
    if (tool.type === 'function') addFunction(set, tool.function);
    else addCustom(set, tool.custom);
  }
  for (const definition of functions ?? []) addFunction(set, definition);
  return set;
}

function checkParameters({ parameters }: Schemas['ChatFunction'], param: string, bytes: number): void {
  if (parameters) checkSchemaSize(parameters, { param, bytes });
}

function addFunction(set: ToolSet, { name, description, parameters, strict }: Schemas['ChatFunction']): void {
  const agentTool = { name: toFlatName(name), ...omitUndefined({ description, parameters, strict }) };
  set.add(agentTool, { kind: 'function', name });
}

function addCustom(set: ToolSet, { name, description, format }: Schemas['ChatCustomToolDefinition']): void {
  const grammar = format?.type === 'grammar' ? format.grammar : undefined;
  const agentTool = fromCustomTool({ name: toFlatName(name), ...omitUndefined({ description, grammar }) });
  set.add(agentTool, { kind: 'custom', name });
}
