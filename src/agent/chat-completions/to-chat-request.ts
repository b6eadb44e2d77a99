import type { AgentTool } from '../../tools/agent-tool.ts';
import type { AgentOutputFormat, AgentRequest, AgentSettings, AgentToolChoice } from '../agent-client.ts';
import { isStreamed } from '../upstream/is-streamed.ts';
import type { UpstreamContext } from '../upstream/upstream-format.ts';
import type { ChatRequest, ChatResponseFormat, ChatTool } from './chat-request.ts';
import { toChatMessages } from './to-chat-messages.ts';

/**
 * Returns the body of a request, streamed with usage or plain. Only settings that the client sent are included. Throws
 * `unsupported_value` for a part that Chat Completions cannot carry.
 */
export function toChatRequest(request: AgentRequest, model: string, context: UpstreamContext): ChatRequest {
  return {
    model,
    messages: toChatMessages(request),
    ...(request.tools.length === 0 ? undefined : toToolFields(request)),
    ...(request.format === undefined ? undefined : { response_format: toResponseFormat(request.format) }),
    ...toSettingFields(request.settings),
    ...(isStreamed(request, context.settings)
      ? { stream: true, stream_options: { include_usage: true } }
      : { stream: false }),
  };
}

/** Returns the fields of a request with tools. Upstreams refuse them in a request without tools. */
function toToolFields({ tools, toolChoice, parallelToolCalls }: AgentRequest): Partial<ChatRequest> {
  return {
    tools: tools.map(toTool),
    tool_choice: toToolChoice(toolChoice),
    parallel_tool_calls: parallelToolCalls,
  };
}

function toTool({ name, description, parameters, strict }: AgentTool): ChatTool {
  // OpenAI lets `parameters` be omitted; other servers require it.
  const schema = parameters ?? { type: 'object', properties: {} };
  return { type: 'function', function: { name, description, parameters: schema, strict } };
}

/** Omits `auto`: it is the default everywhere, and some upstreams do not support `tool_choice`. */
function toToolChoice(choice: AgentToolChoice): ChatRequest['tool_choice'] {
  if (choice === 'auto') return undefined;
  return typeof choice === 'string' ? choice : { type: 'function', function: { name: choice.name } };
}

function toResponseFormat(format: AgentOutputFormat): ChatResponseFormat {
  if (format.type === 'json_object') return { type: 'json_object' };
  const { name, description, schema, strict } = format;
  return { type: 'json_schema', json_schema: { name, description, schema, strict } };
}

function toSettingFields(settings: AgentSettings): Partial<ChatRequest> {
  const isReasoning = settings.reasoningEffort !== undefined;
  return {
    temperature: settings.temperature,
    top_p: settings.topP,
    presence_penalty: settings.presencePenalty,
    frequency_penalty: settings.frequencyPenalty,
    // All servers accept `max_tokens`, except for OpenAI's reasoning models, which require the other name.
    ...(isReasoning ? { max_completion_tokens: settings.maxOutputTokens } : { max_tokens: settings.maxOutputTokens }),
    stop: settings.stop,
    seed: settings.seed,
    logit_bias: settings.logitBias,
    logprobs: settings.topLogprobs === undefined ? undefined : true,
    top_logprobs: settings.topLogprobs || undefined,
    reasoning_effort: settings.reasoningEffort,
    verbosity: settings.verbosity,
    user: settings.user,
  };
}
