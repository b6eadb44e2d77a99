/** The request body sent upstream. JSON omits fields that are `undefined`. */
export interface ChatRequest {
  model: string;
  messages: ChatMessage[];
  stream: boolean;
  stream_options?: { include_usage: true } | undefined;
  tools?: ChatTool[] | undefined;
  tool_choice?: 'none' | 'required' | { type: 'function'; function: { name: string } } | undefined;
  parallel_tool_calls?: boolean | undefined;
  response_format?: ChatResponseFormat | undefined;
  temperature?: number | undefined;
  top_p?: number | undefined;
  presence_penalty?: number | undefined;
  frequency_penalty?: number | undefined;
  max_tokens?: number | undefined;
  max_completion_tokens?: number | undefined;
  stop?: string[] | undefined;
  seed?: number | undefined;
  logit_bias?: Record<string, number> | undefined;
  logprobs?: true | undefined;
  top_logprobs?: number | undefined;
  reasoning_effort?: string | undefined;
  verbosity?: string | undefined;
  user?: string | undefined;
}

export type ChatMessage =
  | { role: 'system' | 'developer'; content: string }
  | { role: 'user'; content: string | ChatPart[]; name?: string | undefined }
  | {
      role: 'assistant';
      content: string | null;
      reasoning_content?: string | undefined;
      /** The name of `reasoning_content` in OpenRouter, Groq, Cerebras and newer vLLM. */
      reasoning?: string | undefined;
      tool_calls?: ChatToolCall[] | undefined;
      name?: string | undefined;
    }
  | { role: 'tool'; tool_call_id: string; content: string };

export type ChatPart =
  | { type: 'text'; text: string }
  | { type: 'image_url'; image_url: { url: string; detail?: 'auto' | 'low' | 'high' | undefined } }
  | { type: 'file'; file: { filename?: string | undefined; file_data: string } };

/** A provider's own fields, which go back as they came, stand beside these. */
export interface ChatToolCall {
  id: string;
  type: 'function';
  function: { name: string; arguments: string };
}

export interface ChatTool {
  type: 'function';
  function: {
    name: string;
    description?: string | undefined;
    parameters: Record<string, unknown>;
    strict?: boolean | undefined;
  };
}

export type ChatResponseFormat =
  | { type: 'json_object' }
  | {
      type: 'json_schema';
      json_schema: {
        name: string;
        description?: string | undefined;
        schema: Record<string, unknown>;
        strict?: boolean | undefined;
      };
    };
