/**
 * A chunk as upstreams send it. Any field may be omitted, null or of another type, and is checked where it is used.
 * Unused fields are not listed.
 */
export interface ChatChunk {
  choices?: unknown;
  usage?: ChatUsage | null;
  error?: unknown;
}

export interface ChatChunkChoice {
  /** Only choice 0 was requested. */
  index?: unknown;
  delta?: ChatDelta | null;
  logprobs?: { content?: unknown } | null;
  finish_reason?: unknown;
}

export interface ChatDelta {
  /** Text, or a list of text and thinking parts from Mistral's reasoning models. */
  content?: unknown;
  reasoning_content?: unknown;
  /** The name of `reasoning_content` in OpenRouter and newer vLLM. */
  reasoning?: unknown;
  refusal?: unknown;
  tool_calls?: unknown;
  /** The deprecated form: one call without id and index. */
  function_call?: ChatFunctionDelta | null;
}

export interface ChatContentPart {
  type?: unknown;
  text?: unknown;
  thinking?: unknown;
}

export interface ChatToolCallDelta {
  index?: unknown;
  id?: unknown;
  function?: ChatFunctionDelta | null;
}

export interface ChatFunctionDelta {
  name?: unknown;
  arguments?: unknown;
}

export interface ChatUsage {
  prompt_tokens?: unknown;
  completion_tokens?: unknown;
  prompt_tokens_details?: { cached_tokens?: unknown } | null;
  completion_tokens_details?: { reasoning_tokens?: unknown } | null;
}
