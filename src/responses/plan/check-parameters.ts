import type { Schemas } from '../../contract/types.ts';
import { checkSchemaSize, type SchemaOrigin } from '../../schemas/check-schema.ts';

/** Throws an ApiError when the parameters of a function exceed their bounds. Checks the members of a namespace too. */
export function checkParameters(tool: Schemas['Tool'], { param, bytes }: SchemaOrigin): void {
  if (tool.type === 'function' && tool.parameters) {
    checkSchemaSize(tool.parameters, { param: `${param}.parameters`, bytes });
  }
  if (tool.type !== 'namespace') return;
  for (const [index, member] of tool.tools.entries())
    checkParameters(member, { param: `${param}.tools[${index}]`, bytes });
}
