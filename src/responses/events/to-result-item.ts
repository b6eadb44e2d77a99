import type { AgentPart } from '../../agent/agent-client.ts';
import { toInputPart } from '../../agent/request/to-response-items.ts';
import type { Schemas } from '../../contract/types.ts';
import { createItemId } from '../../ids.ts';

/** Returns the item of the output of a tool that the agent ran, as the agent sent it: text or parts. */
export function toResultItem(callId: string, output: string | AgentPart[]): Schemas['FunctionToolCallOutput'] {
  return {
    type: 'function_call_output',
    id: createItemId('fco'),
    call_id: callId,
    output: typeof output === 'string' ? output : output.map(toInputPart),
    status: 'completed',
  };
}
