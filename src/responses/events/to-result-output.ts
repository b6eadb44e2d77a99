import type { AgentPart } from '../../agent/agent-client.ts';
import { toInputPart } from '../../agent/request/to-response-items.ts';
import type { Schemas } from '../../contract/types.ts';

/** Returns the output of a tool that the agent ran, as the agent sent it: text or parts. */
export function toResultOutput(output: string | AgentPart[]): Schemas['ToolOutput'] {
  return typeof output === 'string' ? output : output.map(toInputPart);
}
