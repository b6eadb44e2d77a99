import type { AgentPart } from '../agent-client.ts';

/** The call of an MCP tool that a hosted tool's item stands for. */
export interface HostedCall {
  /** The name of the tool, as the model called it. */
  name: string;
  arguments: string;
  content: readonly AgentPart[];
}
