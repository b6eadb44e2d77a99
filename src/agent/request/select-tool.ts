import { ApiError } from '../../errors/api-error.ts';
import type { ClientTool, ToolSet } from '../../tools/tool-set.ts';

/** Returns the agent's name of the tool that `isMeant` accepts. Throws `invalid_value` when there is none. */
export function selectTool(set: ToolSet, name: string, isMeant: (tool: ClientTool) => boolean): string {
  const [agentName] = set.select(isMeant);
  if (agentName === undefined) throw missingToolChoice(name);
  return agentName;
}

export const missingToolChoice = (name: string): ApiError =>
  invalidToolChoice(`Tool choice '${name}' not found in 'tools' parameter.`);

export function invalidToolChoice(message: string): ApiError {
  return new ApiError('invalid_value', message, { param: 'tool_choice' });
}
