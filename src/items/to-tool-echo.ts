import type { Schemas } from '../contract/types.ts';

/** A tool as the response reports it: a function has all its fields, also those the client left out. */
export function toToolEcho(tool: Schemas['Tool']): Schemas['ToolEcho'] {
  if (tool.type !== 'function') return tool;
  return {
    ...tool,
    description: tool.description ?? null,
    parameters: tool.parameters ?? null,
    strict: tool.strict ?? null,
  };
}
