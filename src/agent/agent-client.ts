import type { AgentTool } from '../tools/agent-tool.ts';

/**
 * The interface between the server and an agent. The use cases translate the public wire formats (Chat Completions,
 * Responses) to and from these types; an agent is independent of both.
 */

/** A model of an agent. `created` is in Unix seconds, 0 when unknown. */
export interface AgentModel {
  id: string;
  created: number;
  ownedBy: string;
}

export type AgentPart =
  | { type: 'text'; text: string }
  /** `url` is an http(s) or a data URL. */
  | { type: 'image'; url: string; detail?: 'auto' | 'low' | 'high' | 'original' }
  /** `data` is a data URL or bare base64, as the client sent it; `url` is an http(s) URL. */
  | { type: 'file'; filename?: string; data?: string; url?: string };

/** A tool call of the model. `arguments` is the JSON text that the model wrote, which may be invalid. */
export interface AgentToolCall {
  callId: string;
  name: string;
  arguments: string;
}

/** A message of the conversation. System and developer messages are in `AgentRequest.instructions`. */
export type AgentMessage =
  | { role: 'user'; content: AgentPart[]; name?: string }
  | {
      role: 'assistant';
      content: AgentPart[];
      reasoning?: string;
      refusal?: string;
      toolCalls: AgentToolCall[];
      name?: string;
    }
  | { role: 'tool'; callId: string; content: AgentPart[] };

export type AgentToolChoice = 'auto' | 'none' | 'required' | { name: string };

export type AgentOutputFormat =
  | { type: 'json_object' }
  | { type: 'json_schema'; name: string; description?: string; schema: Record<string, unknown>; strict?: boolean };

/** Settings that the client sent. An omitted setting means the agent's own default. */
export interface AgentSettings {
  temperature?: number;
  topP?: number;
  presencePenalty?: number;
  frequencyPenalty?: number;
  maxOutputTokens?: number;
  stop?: string[];
  seed?: number;
  logitBias?: Record<string, number>;
  /** Number of alternatives to report for each token. 0 reports only the chosen token. */
  topLogprobs?: number;
  reasoningEffort?: string;
  verbosity?: string;
  user?: string;
}

/** One turn for an agent to answer. */
export interface AgentRequest {
  /** The requested model. Omitted: the agent's default, the first of `models()`. */
  model?: string;
  /** All system and developer text, joined. It extends the agent's own system prompt. */
  instructions?: string;
  /** The conversation, oldest message first, never empty. The last message is the one to answer. */
  messages: AgentMessage[];
  /** Tools that the client runs. */
  tools: AgentTool[];
  toolChoice: AgentToolChoice;
  parallelToolCalls?: boolean;
  /** Omitted: plain text. */
  format?: AgentOutputFormat;
  settings: AgentSettings;
  /** Identifies the chain or conversation: the same for all its turns. */
  sessionId: string;
  /** Number of answers to one client request, which share the bound on the size of an answer. Default: 1. */
  answers?: number;
  /** Whether the client receives the answer while it is produced, so that it cannot be replaced by another one. */
  watched: boolean;
}

/** The log probability of one token. `bytes` is its UTF-8 encoding, `null` when unknown. */
export interface AgentLogprob {
  token: string;
  logprob: number;
  bytes: number[] | null;
  topLogprobs: { token: string; logprob: number; bytes: number[] | null }[];
}

export type AgentEndReason = 'stop' | 'tool-calls' | 'length' | 'content-filter';

/**
 * An event of an answer. The union is closed: adding a member breaks every `switch` until it handles the member.
 *
 * Order: any number of blocks (text, reasoning, refusal, tool call), at most one `usage`, then exactly one `run-end`.
 * At most one text, one reasoning and one refusal block is open at a time. Tool calls may interleave; `callId`
 * identifies each. An iterable that ends without `run-end` is an incomplete answer.
 */
export type AgentEvent =
  | { type: 'text-start' }
  | { type: 'text-delta'; text: string; logprobs?: AgentLogprob[] }
  | { type: 'text-end' }
  | { type: 'reasoning-start' }
  | { type: 'reasoning-delta'; text: string }
  | { type: 'reasoning-end' }
  | { type: 'refusal-start' }
  | { type: 'refusal-delta'; text: string }
  | { type: 'refusal-end' }
  /** `agentRuns`: the agent runs this call itself and sends a `tool-result`. Other calls are run by the client. */
  | { type: 'tool-call-start'; callId: string; name: string; agentRuns?: true }
  | { type: 'tool-call-delta'; callId: string; arguments: string }
  | { type: 'tool-call-end'; callId: string }
  /** The result of an earlier call of this run with `agentRuns`. */
  | { type: 'tool-result'; callId: string; output: string }
  | { type: 'usage'; usage: AgentUsage }
  | { type: 'run-end'; reason: AgentEndReason };

/** Token counts of one run. Cached tokens are part of the input, reasoning tokens part of the output. */
export interface AgentUsage {
  inputTokens: number;
  cachedInputTokens: number;
  outputTokens: number;
  reasoningTokens: number;
}

/** The events of one read, in order, never empty. Batches are passed on as they are, so one read costs one write. */
export type AgentEventBatch = readonly AgentEvent[];

export interface RunOptions {
  /** Aborts the run. An `ApiError` as its reason becomes the error of the run. */
  signal: AbortSignal;
  /** Called with the name of the agent that the run is routed to, if several are configured. */
  onRoute?: ((agent: string) => void) | undefined;
}

export interface AgentClient extends AsyncDisposable {
  /**
   * Lists the agent's models, the default first, never empty. Rejects with an `ApiError` when the list is unavailable.
   */
  models(options: { signal: AbortSignal }): Promise<AgentModel[]>;

  /**
   * Starts one run. Rejects with an `ApiError` when the agent refuses it; no output was produced then, so an HTTP
   * status can still be set and a retry is safe. The iterable can be read once, by one reader. It throws an `ApiError`
   * when the run fails later. Aborting `signal` stops the agent at once, even while a read is pending; returning the
   * iterator stops it too.
   */
  run(request: AgentRequest, options: RunOptions): Promise<AsyncIterable<AgentEventBatch>>;
}
