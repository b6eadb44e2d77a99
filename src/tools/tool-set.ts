import type { AgentTool } from './agent-tool.ts';
import type { ClientRunType } from './client-run/client-run-kinds.ts';

/** A tool as its client knows it. */
export interface ClientTool {
  kind: 'function' | 'custom' | ClientRunType;
  name: string;
  namespace?: string;
  /** Whether the conversation can continue before the output of a call is sent. */
  isAsync?: boolean;
}

/** The tools of one request. Maps the names that the agent sees to those of the client. */
export class ToolSet {
  readonly #tools = new Map<string, { agentTool: AgentTool; clientTool: ClientTool }>();

  /** Adds a tool, in place of an earlier one of the same name. */
  add(agentTool: AgentTool, clientTool: ClientTool): void {
    this.#tools.set(agentTool.name, { agentTool, clientTool });
  }

  get agentTools(): AgentTool[] {
    return [...this.#tools.values()].map((tool) => tool.agentTool);
  }

  /** Returns the tool with this agent name. An undeclared name is that of a function. */
  find(name: string): ClientTool {
    return this.#tools.get(name)?.clientTool ?? { kind: 'function', name };
  }

  /** Returns the agent names of the tools that `isMeant` accepts. */
  select(isMeant: (tool: ClientTool) => boolean): string[] {
    return [...this.#tools].filter(([, { clientTool }]) => isMeant(clientTool)).map(([name]) => name);
  }
}
