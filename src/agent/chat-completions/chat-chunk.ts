/**
 * What an upstream may send, read leniently: every field can be absent or null, and what decides anything is checked
 * where it is used. Fields that nobody reads are not listed.
 */
export interface ChatChunk {
  choices?: unknown;
  usage?: ChatUsage | null;
  error?: unknown;
}

export interface ChatChunkChoice {
  /** Only the first was asked for. */
  index?: unknown;
  delta?: ChatDelta | null;
  logprobs?: { content?: unknown } | null;
  finish_reason?: unknown;
}

export interface ChatDelta {
  /** Text; Mistral's reasoning models send parts, of text and of thinking. */
  content?: unknown;
  reasoning_content?: unknown;
  /** The same as `reasoning_content`, as OpenRouter and newer vLLM name it. */
  reasoning?: unknown;
  refusal?: unknown;
  tool_calls?: unknown;
  /** The older form: one call, without id and index. */
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
