/** An event of a run, as Hermes sends it. Any field may be omitted or of another type. */
export interface HermesEvent {
  event?: unknown;
  /** Text of a `message.delta`. */
  delta?: unknown;
  /** The name and the shortened arguments of the tool of a `tool.started`. */
  tool?: unknown;
  preview?: unknown;
  /** Whether the tool of a `tool.completed` failed. The reason of a `run.failed`. */
  error?: unknown;
  /** The last message of a `run.completed`. */
  output?: unknown;
  usage?: unknown;
  /** Why an `approval.request` is made. */
  description?: unknown;
}

/** A message of a session's transcript. */
export interface HermesMessage {
  id?: unknown;
  role?: unknown;
  content?: unknown;
  reasoning?: unknown;
  tool_calls?: unknown;
  tool_call_id?: unknown;
}

/** The transcript of a session, oldest message first. Hermes writes a call before it runs, a result when it has ended. */
export interface HermesTranscript {
  /** Differs from the requested session after Hermes has compressed it. */
  sessionId: string;
  messages: readonly HermesMessage[];
}
