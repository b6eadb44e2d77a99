import type { AgentAnnotation } from '../../agent/agent-client.ts';
import type { Schemas } from '../../contract/types.ts';

/** Returns a citation as the contract has it: agents send those of the Responses API. */
export const toAnnotation = (annotation: AgentAnnotation): Schemas['Annotation'] =>
  annotation as Record<string, unknown> as Schemas['Annotation'];
