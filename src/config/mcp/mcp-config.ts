/** A server that Talaria starts as a child process. */
export interface McpProgram {
  kind: 'stdio';
  command: string;
  args: readonly string[];
  /** With those of the network, in addition to the few variables that are safe to inherit. */
  env: Readonly<Record<string, string>>;
  cwd: string | undefined;
}

/** A server behind a URL. */
export interface McpEndpoint {
  kind: 'http';
  url: string;
  /** Sent with every request. Secret. */
  headers: Readonly<Record<string, string>>;
}

/** Selects tools by name. Omitted names select all. */
export interface McpToolNames {
  names?: readonly string[];
}

export type McpApprovalRule = 'always' | 'never' | { always?: McpToolNames; never?: McpToolNames };

/** A server of the configuration file. */
export interface McpServerConfig {
  reach: McpProgram | McpEndpoint;
  description: string | undefined;
  /** Names of the tools that may be used. `undefined`: all. */
  allowedTools: readonly string[] | undefined;
  approval: McpApprovalRule;
  /** One call, without progress. */
  timeoutMs: number;
  /** Whether an interrupted call runs again. `safe`: if the annotations of the tool allow it. */
  rerun: 'safe' | 'always' | 'never';
  /** The tenants whose requests may name the server. `undefined`: all. */
  tenants: readonly string[] | undefined;
}

/** A tool of an MCP server, by its label. */
export interface McpToolPath {
  server: string;
  tool: string;
}

/** Which URLs of MCP servers clients may send. `public`: those whose addresses are public. */
export type McpRequestServers = 'none' | 'public' | 'any';

export interface McpConfig {
  /** By label. */
  servers: ReadonlyMap<string, McpServerConfig>;
  /** The labels of the servers that each agent offers to its model, by the name of the agent. */
  ofAgents: ReadonlyMap<string, readonly string[]>;
  /** The MCP tools that stand for hosted tools, by the names of those. */
  hosted: ReadonlyMap<string, McpToolPath>;
  requestServers: McpRequestServers;
  /** The origins that the URLs of clients must have. `undefined`: any. */
  requestOrigins: readonly string[] | undefined;
}
