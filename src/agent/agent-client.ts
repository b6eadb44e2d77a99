import type { AgentTool } from '../tools/agent-tool.ts';

/**
 * The agent side of the server: who answers. Wire formats (Chat Completions, Responses) are translated to and from
 * these types by the use cases; an agent knows neither of them.
 */

/** A model that an agent offers. `created` is in Unix seconds. */
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

/** `arguments` is JSON text exactly as the model wrote it; it may be invalid. */
export interface AgentToolCall {
  callId: string;
  name: string;
  arguments: string;
}

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

/** Each setting is present only when the client sent it: an agent's own defaults stay its own. */
export interface AgentSettings {
  temperature?: number;
  topP?: number;
  presencePenalty?: number;
  frequencyPenalty?: number;
  maxOutputTokens?: number;
  stop?: string[];
  seed?: number;
  logitBias?: Record<string, number>;
  /** How many alternatives to report for each token; 0 reports the chosen token alone. */
  topLogprobs?: number;
  reasoningEffort?: string;
  verbosity?: string;
  user?: string;
}

export interface AgentRequest {
  /** The model that the client named; absent: the agent's default, the first of `models()`. */
  model?: string;
  /** All system and developer text, already joined: one system prompt, layered on the agent's own. */
  instructions?: string;
  /** Oldest first. The last message is the turn to answer; those before it are history. Never empty. */
  messages: AgentMessage[];
  tools: AgentTool[];
  toolChoice: AgentToolChoice;
  parallelToolCalls?: boolean;
  /** Absent: plain text. */
  format?: AgentOutputFormat;
  settings: AgentSettings;
  /** The same for every turn of one chain or conversation. */
  sessionId: string;
  /** How many answers are made of one client's request: together they may be as large as one. Absent: one. */
  answers?: number;
  /** Does somebody read the answer as it comes? What was read can't be taken back. */
  watched: boolean;
}

export interface AgentLogprob {
  token: string;
  logprob: number;
  bytes: number[] | null;
  topLogprobs: { token: string; logprob: number; bytes: number[] | null }[];
}

export type AgentEndReason = 'stop' | 'tool-calls' | 'length' | 'content-filter';

/**
 * What an agent says while it answers: a closed union. A new member breaks every `switch`, on purpose.
 *
 * Order: blocks, however many (text, reasoning, refusal, tool calls), at most one `usage`, then exactly one `run-end`,
 * last. At most one text, one reasoning and one refusal block is open at a time; tool calls may interleave with each
 * other and are told apart by `callId`. An iterable that ends without `run-end` broke midway.
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
  /** `agentRuns`: the agent runs this call itself and a `tool-result` follows; otherwise it is the client's to run. */
  | { type: 'tool-call-start'; callId: string; name: string; agentRuns?: true }
  | { type: 'tool-call-delta'; callId: string; arguments: string }
  | { type: 'tool-call-end'; callId: string }
  /** `callId` names an earlier tool call of this run, one with `agentRuns`. */
  | { type: 'tool-result'; callId: string; output: string }
  | { type: 'usage'; usage: AgentUsage }
  | { type: 'run-end'; reason: AgentEndReason };

/** Token counts of one run. */
export interface AgentUsage {
  inputTokens: number;
  cachedInputTokens: number;
  outputTokens: number;
  reasoningTokens: number;
}

/** What one read of the agent yielded, in order; never empty. Batches travel whole, so one read costs one write. */
export type AgentEventBatch = readonly AgentEvent[];

export interface RunOptions {
  signal: AbortSignal;
  /** Called with the name of the agent that a run is routed to, when there are several. */
  onRoute?: ((agent: string) => void) | undefined;
}

export interface AgentClient extends AsyncDisposable {
  /** The models on offer, the default first; never empty. Rejects with an `ApiError` when the agent can't be asked. */
  models(options: { signal: AbortSignal }): Promise<AgentModel[]>;

  /**
   * Starts one run. Rejects with an `ApiError` when the agent refuses: nothing was produced, so an HTTP status can
   * still be set and a retry is safe. The iterable throws an `ApiError` when the run broke midway. Aborting `signal`
   * stops the agent at once, also while a read is pending. The iterable can be read once.
   */
  run(request: AgentRequest, options: RunOptions): Promise<AsyncIterable<AgentEventBatch>>;
}
