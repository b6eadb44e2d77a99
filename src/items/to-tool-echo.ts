import type { Schemas } from '../contract/types.ts';
import { withExactNumbers } from '../json/exact-numbers.ts';

/** Returns a tool as the response reports it. A function has all its fields, omitted ones included. */
export function toToolEcho(tool: Schemas['Tool']): Schemas['ToolEcho'] {
  if (tool.type !== 'function') return tool;
  return {
    ...tool,
    description: tool.description ?? null,
    parameters: withExactNumbers(tool.parameters) ?? null,
    strict: tool.strict ?? null,
  };
}
