/**
 * A chunk as upstreams send it. Any field may be omitted, null or of another type, and is checked where it is used.
 * Unused fields are not listed.
 */
export interface ChatChunk {
  choices?: unknown;
  usage?: unknown;
  error?: unknown;
  /** Groq's own field, with its usage. */
  x_groq?: unknown;
  /** llama.cpp's measurements. */
  timings?: unknown;
  /** Ollama's count of output tokens. */
  eval_count?: unknown;
  /** URLs of sources, from Perplexity and xAI. */
  citations?: unknown;
  /** The same with their titles, from Perplexity. */
  search_results?: unknown;
}

export interface ChatChunkChoice {
  /** Only one choice was requested. */
  index?: unknown;
  delta?: unknown;
  /** A whole message, or its next piece, from servers that stream no deltas. */
  message?: unknown;
  /** The next piece, in the form of the older completions. */
  text?: unknown;
  /** Kimi's place for the usage. */
  usage?: unknown;
  logprobs?: { content?: unknown } | null;
  finish_reason?: unknown;
  /** The reason of the provider itself, behind OpenRouter. */
  native_finish_reason?: unknown;
}

export interface ChatDelta {
  /** `tool`: the result of a tool that the agent ran itself. */
  role?: unknown;
  tool_call_id?: unknown;
  name?: unknown;
  /** Text, or a list of parts: text, thinking and sources from Mistral's models. */
  content?: unknown;
  reasoning_content?: unknown;
  /** The name of `reasoning_content` in OpenRouter and newer vLLM. */
  reasoning?: unknown;
  refusal?: unknown;
  annotations?: unknown;
  tool_calls?: unknown;
  /** The deprecated form: one call without id and index. */
  function_call?: ChatFunctionDelta | null;
}

/** Some servers put the members of `function` beside it. */
export interface ChatToolCallDelta extends ChatFunctionDelta {
  index?: unknown;
  id?: unknown;
  function?: ChatFunctionDelta | null;
}

export interface ChatFunctionDelta {
  name?: unknown;
  arguments?: unknown;
}
