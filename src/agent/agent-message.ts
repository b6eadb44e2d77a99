/* What agents read and write, independent of the public wire formats. */

export type AgentPart =
  | { type: 'text'; text: string }
  /** `url` is an http(s) or a data URL. */
  | { type: 'image'; url: string; detail?: 'auto' | 'low' | 'high' | 'original' }
  /** `data` is a data URL or bare base64, as the client sent it; `url` is an http(s) URL. */
  | { type: 'file'; filename?: string; data?: string; url?: string };

/** Opaque data of a provider, such as Gemini's thought signatures. Stored, and sent back to the same agent unchanged. */
export interface ProviderData {
  /** The name of the agent that sent it. Omitted for data that a client sent back with a chat message. */
  agent?: string;
  /** The provider's own fields, by name: `extra_content` of a call, `reasoning_details` of a message. */
  fields: Record<string, unknown>;
}

/** The provider data of an item: that of its call, and that of the message that the item is part of. */
export interface ItemProviderData {
  agent?: string;
  fields?: Record<string, unknown>;
  message_fields?: Record<string, unknown>;
}

/** A tool call of the model. `arguments` is the JSON text that the model wrote, which may be invalid. */
export interface AgentToolCall {
  callId: string;
  name: string;
  arguments: string;
  provider?: ProviderData;
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
      provider?: ProviderData;
    }
  | { role: 'tool'; callId: string; content: AgentPart[] };

/** `incomplete`: the agent ended its answer for another reason, or without one. */
export type AgentEndReason = 'stop' | 'tool-calls' | 'length' | 'content-filter' | 'incomplete';

/** Token counts of one run. Cached tokens are part of the input, reasoning tokens part of the output. */
export interface AgentUsage {
  inputTokens: number;
  cachedInputTokens: number;
  outputTokens: number;
  reasoningTokens: number;
}

/** The call of an MCP tool that a hosted tool's item stands for. */
export interface HostedCall {
  /** The name of the tool, as the model called it. */
  name: string;
  arguments: string;
  content: readonly AgentPart[];
}
