import type { AgentPart } from '../agent-message.ts';
import type { RequestedServer, ServerTool } from './loop-request.ts';

/** The result of a tool call. A failed call is a result too: the model reads it. */
export interface ToolResult {
  /** Bounded by `limits.toolResultBytes`. A text that was cut says so. */
  content: readonly AgentPart[];
  isError: boolean;
  /** Structured content, if the tool returned any. */
  structured?: Readonly<Record<string, unknown>>;
  /**
   * What the tool asks the user to confirm. It did not run. A call with `isApproved` confirms it.
   */
  confirmation?: string;
}

/** A progress notification of a running tool. */
export interface ToolProgress {
  progress: number;
  total?: number;
  message?: string;
}

export interface ToolCallOptions {
  /** Stops the call and notifies the tool. */
  signal: AbortSignal;
  onProgress: (progress: ToolProgress) => void;
  /** Whether the client approved this call, so that a tool that asks for a confirmation gets it. */
  isApproved?: boolean;
  /** `traceparent` and `tracestate`, which pass the trace on to the server. */
  headers?: Readonly<Record<string, string>> | undefined;
}

/** Whether a tool that was interrupted runs again: `safe` when its annotations allow it. */
export type RerunRule = 'safe' | 'always' | 'never';

/** Access to the MCP servers of one run. Disposing closes the connections that were opened for it alone. */
export interface ToolSession extends AsyncDisposable {
  /** Rejects with an ApiError when the server cannot be reached, or its list cannot be read. */
  list(server: RequestedServer, signal: AbortSignal): Promise<readonly ServerTool[]>;
  /**
   * Calls a tool. Resolves with an error result for a tool that throws, hangs, does not exist, returns too much, or whose
   * server is down. Rejects only with the reason of `signal`.
   */
  call(
    server: RequestedServer,
    tool: string,
    args: Record<string, unknown>,
    options: ToolCallOptions,
  ): Promise<ToolResult>;
  rerunRule(server: RequestedServer): RerunRule;
}

/** The MCP servers that the loop of an agent can use. */
export interface ToolServers {
  /** The servers that the agent is configured with, which every request of it offers. */
  readonly ofAgent: readonly RequestedServer[];
  /** Maps the type of a hosted tool, such as `web_search`, to an MCP tool. */
  readonly hosted: ReadonlyMap<string, { server: RequestedServer; tool: string }>;
  open(): ToolSession;
}

/** The rules of the configuration for the MCP servers that clients name in their requests. */
export interface ServerRules {
  /**
   * Returns the server as the tenant may use it: with the stricter of the configured and the requested approval rule.
   * Throws an ApiError for a server that it may not use. `param` is the path of the tool, such as `tools[0]`.
   */
  admit(server: RequestedServer, options: { tenant: string; param: string }): RequestedServer;
  /** Whether an MCP tool stands for the hosted tools of this type. */
  mapsHosted(type: string): boolean;
}
