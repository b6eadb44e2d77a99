import type { Exchange } from '../exchange.ts';
import type { CallObserver, RunObserver } from '../run-observer.ts';
import type { AgentTool } from '../tools/agent-tool.ts';
import type { AgentEndReason, AgentMessage, AgentPart, AgentUsage, HostedCall } from './agent-message.ts';
import type { JournalStep } from './loop/journal-step.ts';
import type { LoopRequest } from './loop/loop-request.ts';
import type { Budget, LoopServices } from './loop/loop-services.ts';

export type {
  AgentEndReason,
  AgentMessage,
  AgentPart,
  AgentToolCall,
  AgentUsage,
  HostedCall,
  ProviderData,
} from './agent-message.ts';

/* The interface between the server and an agent. Agents are independent of the public wire formats. */

/** A model of an agent. `created` is in Unix seconds, 0 when unknown. */
export interface AgentModel {
  id: string;
  created: number;
  ownedBy: string;
}

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
  /** The name that the client used for it, if it used one of Chat Completions. */
  maxOutputTokensField?: 'max_tokens' | 'max_completion_tokens';
  stop?: string[];
  seed?: number;
  logitBias?: Record<string, number>;
  /** Number of alternatives to report for each token. 0 reports only the chosen token. */
  topLogprobs?: number;
  reasoningEffort?: string;
  verbosity?: string;
  user?: string;
}

/** Earlier messages of a conversation, as text that Chat Completions takes as it is. */
export interface AgentHistory {
  /** The same for the same history. */
  id: string;
  /** That of the history that its last turn continued. */
  parentId: string | undefined;
  /** The messages of its last turn. */
  lastTurn: string;
  /** UTF-8. The JSON texts of `toFragment`, separated by commas, oldest first. */
  messages: Buffer;
  /** The ids of the calls at its end. The messages after it begin with their outputs. */
  openCalls: readonly string[];
}

/** One turn in the form of the Responses API, for agents that speak it. */
export interface ResponsesTurn {
  /** The history and the input, oldest item first, in their stored form. Compacted history is opened. */
  items: readonly Record<string, unknown>[];
  /** How many of the items, at the end, belong to this turn. */
  newItems: number;
  /** How many of the messages of `AgentRequest` the items stand for. Messages after those were added since. */
  messages: number;
  /** All tools, as the client sent them: its own, and those that only the agent can run (`web_search`, `mcp`, …). */
  tools: readonly Record<string, unknown>[];
  /** The fields of the client's request that have another form in `AgentRequest`, or none. */
  fields: Readonly<Record<string, unknown>>;
}

/** One turn for an agent to answer. */
export interface AgentRequest {
  /** The requested model. Omitted: the agent's default, the first of `models()`. */
  model?: string;
  /** All system and developer text, joined. It extends the agent's own system prompt. */
  instructions?: string;
  /** The conversation before `messages`. Omitted: `messages` is the whole conversation. */
  history?: AgentHistory;
  /**
   * The conversation, oldest message first. The last message is the one to answer. Empty when the client sent only
   * `instructions`.
   */
  messages: AgentMessage[];
  /** Tools that the client runs. */
  tools: AgentTool[];
  toolChoice: AgentToolChoice;
  /** Whether the client has further tools that its choice forbids. A call of another tool is suppressed then. */
  toolsRestricted?: boolean;
  parallelToolCalls?: boolean;
  /** Omitted: plain text. */
  format?: AgentOutputFormat;
  settings: AgentSettings;
  /** Identifies the chain or conversation: the same for all its turns, and never the same for two tenants. */
  sessionId: string;
  /** Whether the client may rely on the agent's own history of the session, and send only what is new. */
  sessionHoldsHistory?: boolean;
  /** Returns the turn as Responses items. Omitted for a request of Chat Completions. */
  responses?: () => ResponsesTurn;
  /** Fields of the client's request that the contract does not define. An agent passes on those that it is set to. */
  extraFields?: Record<string, unknown>;
  /** The last `agent-state` of the turn before, if the same agent sent it. */
  agentState?: string;
  /** What the request asks of the tool loop: MCP servers, approvals and limits. */
  loop?: LoopRequest;
  /** Number of answers to one client request, which share the bound on the size of an answer. Default: 1. */
  answers?: number;
  /** Whether the last message asks for a summary that replaces the others. */
  compacts?: true;
  /** Whether the client receives the answer while it is produced, so that it cannot be replaced by another one. */
  watched: boolean;
  /** Whether clients may begin to read the answer while it is produced. */
  background?: boolean;
}

/** The log probability of one token. `bytes` is its UTF-8 encoding, `null` when unknown. */
export interface AgentLogprob {
  token: string;
  logprob: number;
  bytes: number[] | null;
  topLogprobs: { token: string; logprob: number; bytes: number[] | null }[];
}

/** A citation, as the Responses API sends it: flat, with its `type`, such as `url_citation`. */
export type AgentAnnotation = { type: string } & Record<string, unknown>;

/** One part of a reasoning that has several, by its index among the parts of its form. */
export interface ReasoningPart {
  form: 'summary' | 'text';
  index: number;
}

/** Reasoning that only the agent that encrypted it can read. */
export interface EncryptedReasoning {
  /** The agent's name. */
  agent: string;
  /** The agent's `encrypted_content`. */
  content: string;
}

/**
 * An event of an answer. The union is closed.
 *
 * Order: any number of blocks (text, reasoning, refusal, tool call), at most one `usage`, then exactly one `run-end`.
 * At most one text, one reasoning and one refusal block is open at a time. Tool calls may interleave; `callId`
 * identifies each. An iterable that ends without `run-end` is an incomplete answer.
 */
export type AgentEvent =
  /** Begins another message. Optional: without it, consecutive texts and refusals belong to one message. */
  | { type: 'message-start'; phase?: string }
  | { type: 'text-start' }
  | { type: 'text-delta'; text: string; logprobs?: AgentLogprob[] }
  /** Cites a source for the open text. */
  | { type: 'annotation'; annotation: AgentAnnotation }
  | { type: 'text-end' }
  | { type: 'reasoning-start' }
  /** Without `part`, the client's request decides whether the reasoning is a summary. */
  | { type: 'reasoning-delta'; text: string; part?: ReasoningPart }
  | { type: 'reasoning-end'; encrypted?: EncryptedReasoning }
  | { type: 'refusal-start' }
  | { type: 'refusal-delta'; text: string }
  | { type: 'refusal-end' }
  /** `agentRuns`: the agent runs this call itself and sends a `tool-result`. Other calls are run by the client. */
  | { type: 'tool-call-start'; callId: string; name: string; agentRuns?: true }
  | { type: 'tool-call-delta'; callId: string; arguments: string }
  /**
   * The call is whole. A call that was cut short has no end; the run then ends with another reason than `tool-calls`.
   */
  | { type: 'tool-call-end'; callId: string }
  /** The result of an earlier call of this run with `agentRuns`. */
  | { type: 'tool-result'; callId: string; output: string | AgentPart[] }
  /** Provider data of a call, or without `callId` of the message, in one or more pieces. `agent`: its name. */
  | { type: 'provider-data'; agent?: string; callId?: string; fields: Record<string, unknown> }
  /**
   * An item of another kind, as a Responses agent sends it. `item-event` has the agent's own event, whose numbers and
   * indexes the receiver replaces. `key` identifies the item within the run. `call`: what later turns need of it; that
   * of the start holds if the run ends before the item.
   */
  | { type: 'item-start'; key: string; item: Record<string, unknown>; call?: HostedCall }
  | { type: 'item-event'; key: string; event: Record<string, unknown> }
  | { type: 'item-end'; key: string; item: Record<string, unknown>; call?: HostedCall }
  /** A step of the tool loop. Committed with the events of its batch before the next batch is read. */
  | { type: 'step'; step: JournalStep }
  /** What the agent needs to continue from this answer. Stored with it, and sent as `AgentRequest.agentState`. */
  | { type: 'agent-state'; state: string }
  | { type: 'usage'; usage: AgentUsage }
  /** `detail`: the agent's own reason, for `incomplete`. */
  | { type: 'run-end'; reason: AgentEndReason; detail?: string };

/** The events of one read, in order, never empty. Batches are passed on as they are, so one read costs one write. */
export type AgentEventBatch = readonly AgentEvent[];

export interface RunOptions {
  /** Aborts the run. An `ApiError` as its reason becomes the error of the run. */
  signal: AbortSignal;
  /** Observes the run. */
  observer?: RunObserver | undefined;
  /** The client's request and its reply, for simulated agents. Omitted: the server has none, or the client has left. */
  exchange?: Exchange | undefined;
  /** Observes this call of the model. Set by `observeCalls`. */
  call?: CallObserver | undefined;
  loop?: LoopServices | undefined;
  /** The token budget of the tenant. Omitted: it has none. */
  budget?: Budget | undefined;
}

export interface AgentClient extends AsyncDisposable {
  /**
   * Lists the agent's models, the default first. An empty list does not mean that it has none: some agents only take
   * models by name. Rejects with an `ApiError` when the agent cannot be reached or its list cannot be read.
   */
  models(options: { signal: AbortSignal }): Promise<AgentModel[]>;

  /**
   * Resolves with whether the agent that answers for a model speaks the Responses API: it runs hosted tools, and reads
   * the encrypted content that it sent. Omitted: it does not.
   */
  speaksResponses?(model: string | undefined, options: { signal: AbortSignal }): Promise<boolean>;

  /**
   * Starts one run. Rejects with an `ApiError` when the agent refuses it; no output was produced then, so an HTTP
   * status can still be set and a retry is safe. The iterable can be read once, by one reader. It throws an `ApiError`
   * when the run fails later. Aborting `signal` stops the agent at once, even while a read is pending; returning the
   * iterator stops it too.
   */
  run(request: AgentRequest, options: RunOptions): Promise<AsyncIterable<AgentEventBatch>>;
}
