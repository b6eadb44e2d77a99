import type { Schemas } from '../../contract/types.ts';
import { checkSchemaSize } from '../../schemas/check-schema.ts';
import { addCustom, addFunction } from '../../tools/add-client-tool.ts';
import { ToolSet } from '../../tools/tool-set.ts';
import type { ChatRequest } from '../chat-deps.ts';

/**
 * Returns the tools of a request that can be offered. `functions` is the older name of `tools`. Throws an ApiError when
 * the parameters of a function exceed `bytes`.
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
    else if (tool.type === 'custom') addCustom(set, { ...tool.custom, grammar: toGrammar(tool.custom) });
  }
  for (const definition of functions ?? []) addFunction(set, definition);
  return set;
}

/** Returns the types of the tools that neither the client nor the agent runs. Clients send them by default. */
export function listHosted({ tools, web_search_options: search }: ChatRequest): string[] {
  const types = (tools ?? []).map(({ type }) => type).filter((type) => type !== 'function' && type !== 'custom');
  return search ? [...types, 'web_search'] : types;
}

function checkParameters({ parameters }: Schemas['ChatFunction'], param: string, bytes: number): void {
  if (parameters) checkSchemaSize(parameters, { param, bytes });
}

function toGrammar({ format }: Schemas['ChatCustomToolDefinition']) {
  return format?.type === 'grammar' ? format.grammar : undefined;
}
