/** A call of a model: one answer of an agent. A run of the tool loop makes several. */
export interface ModelCall {
  /** The agent's configured name. */
  agent: string;
  /** The model as the run names it. Omitted: the agent's default. */
  model: string | undefined;
  /** Identifies the chain or conversation. */
  session: string;
  /** Returns the messages of the request. */
  input: () => unknown;
}

/** A call of a tool of an MCP server. */
export interface ToolCall {
  /** The label of the server. */
  server: string;
  tool: string;
  callId: string;
  /** Whether the server is one that the request names by URL, so that a client chose its label. */
  isOfRequest: boolean;
  args: Readonly<Record<string, unknown>>;
}

/** An approval that a run asks for, or whose answer it uses. */
export interface ApprovalNote {
  /** The label of the server. */
  server: string;
  tool: string;
}

/** An event of a model's answer. */
export interface AnswerEvent {
  readonly type: string;
  readonly text?: unknown;
}

/** How a call ended. A call that was stopped has the reason as its error. */
export interface CallEnd {
  error?: unknown;
  usage?: { inputTokens: number; outputTokens: number } | undefined;
  /** Whether a tool returned an error, which the model reads. */
  isToolError?: boolean;
  /** Why a model ended its answer. */
  reason?: string | undefined;
  /** The content that a tool returned. */
  content?: unknown;
}

/** Observes one call. Its methods are called synchronously and must not throw. */
export interface CallObserver {
  /** Headers that pass the trace on to the callee. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** The upstream refused the call, which is sent again. */
  retried?(error: unknown): void;
  /** The first output has arrived. */
  answered?(): void;
  /** Receives each batch of a model's answer. Omitted: the content is not needed. */
  received?: ((events: readonly AnswerEvent[]) => void) | undefined;
  /** Called once, last. */
  ended(end: CallEnd): void;
}

/** Observes one run. Its methods are called synchronously, on the hot path, and must not throw. */
export interface RunObserver {
  /** The run is routed to one of several agents. */
  routed(agent: string): void;
  /** The agent's answer has a session header. Called before its first event. */
  sessionNamed(header: { name: string; value: string }): void;
  /** The tool loop has read a reply of the model. `toolCalls`: how many of its calls the server runs. */
  replied(toolCalls: number): void;
  modelCalled(call: ModelCall): CallObserver;
  toolCalled(call: ToolCall): CallObserver;
  approvalAsked(approval: ApprovalNote): void;
  approvalUsed(approval: ApprovalNote & { approve: boolean }): void;
}
