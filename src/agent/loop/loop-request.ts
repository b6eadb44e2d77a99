/** Selects tools of an MCP server. An omitted field selects all. */
export interface ToolFilter {
  names?: readonly string[];
  /** Selects by the annotation `readOnlyHint`. */
  readOnly?: boolean;
}

/**
 * Which calls need approval; `needsApproval` applies it. A tool that neither filter selects needs it (OpenAI's default is
 * `always`), and so does one that both select. `stricterOf`: a call needs approval if one of the rules says so.
 */
export type ApprovalRule =
  | 'always'
  | 'never'
  | { always?: ToolFilter; never?: ToolFilter }
  | { stricterOf: readonly [ApprovalRule, ApprovalRule] };

/** A tool of an MCP server, as the server lists it. */
export interface ServerTool {
  name: string;
  description?: string;
  /** A JSON Schema object. */
  inputSchema: Record<string, unknown>;
  /** The server's own annotations: `readOnlyHint`, `idempotentHint`, … */
  annotations?: Record<string, unknown>;
}

/** An MCP server whose tools a request offers to the model. */
export interface RequestedServer {
  /** Names the server in items and in the model's tool names. */
  label: string;
  description?: string;
  /** Its URL, as the client sent it. Omitted: the configured server with this label. */
  url?: string;
  /** Headers that the client sent for it, including its `authorization`. Secret: never logged, echoed or journalled. */
  headers?: Readonly<Record<string, string>>;
  allowed?: ToolFilter;
  approval: ApprovalRule;
  /** The tools that an earlier turn of the chain listed. They are not listed again. */
  listed?: readonly ServerTool[];
}

/** Calls that an operator has freed from approval in a run: those of one tool, or of all tools of its server. */
export interface ApprovalWaiver {
  /** The label of the server. */
  server: string;
  tool?: string;
}

/** The answer to an approval request of an earlier turn, with the call that it is about. */
export interface AnsweredApproval {
  /** The id of the `mcp_approval_request` item. Its call has this id in `AgentRequest.messages`. */
  id: string;
  /** The label of the server. */
  server: string;
  tool: string;
  arguments: string;
  approve: boolean;
  reason?: string;
}

/** The servers, approvals and limits of a request, for the tool loop. Tools that the agent is configured with are added to it. */
export interface LoopRequest {
  servers: readonly RequestedServer[];
  /** Hosted tools (`web_search`, …), as the client sent them, for those that the configuration maps to MCP tools. */
  hosted: readonly Readonly<Record<string, unknown>>[];
  /** The client's `include`: which details of hosted calls it receives. */
  include?: readonly string[];
  /**
   * Answered approvals. Each has an assistant message with its call in `AgentRequest.messages`, followed by a `tool`
   * message with empty content that the loop fills with the result.
   */
  approvals: readonly AnsweredApproval[];
  /** Omitted: none. */
  waivers?: readonly ApprovalWaiver[];
  /** The server, its tool, or the hosted tool that the first reply must call. */
  choice?: { server: string; tool?: string } | { hosted: string };
  /** The most calls of server-side tools in this run. */
  maxToolCalls?: number;
  /**
   * Whether the calls are reported as items, and the client can be asked for approval. `false`: Chat Completions, where
   * tools that need approval are not offered.
   */
  showsItems: boolean;
}
