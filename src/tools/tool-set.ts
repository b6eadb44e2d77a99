import type { AgentTool } from './agent-tool.ts';

/** A tool as its client knows it. */
export interface ClientTool {
  kind: 'function' | 'custom';
  name: string;
  namespace?: string;
}

/** The tools of one request: as the agent sees them, and the way back to what the client called them. */
export class ToolSet {
  readonly #tools = new Map<string, { agentTool: AgentTool; clientTool: ClientTool }>();

  /** A tool that is declared again replaces the one before. */
  add(agentTool: AgentTool, clientTool: ClientTool): void {
    this.#tools.set(agentTool.name, { agentTool, clientTool });
  }

  get agentTools(): AgentTool[] {
    return [...this.#tools.values()].map((tool) => tool.agentTool);
  }

  /** By the agent's name. A name that nobody declared is a function's. */
  find(name: string): ClientTool {
    return this.#tools.get(name)?.clientTool ?? { kind: 'function', name };
  }

  /** The agent's names of the tools that a choice means. */
  select(isMeant: (tool: ClientTool) => boolean): string[] {
    return [...this.#tools].filter(([, { clientTool }]) => isMeant(clientTool)).map(([name]) => name);
  }
}
