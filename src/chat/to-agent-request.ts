import type { AgentOutputFormat, AgentRequest, AgentSettings } from '../agent/agent-client.ts';
import { ApiError } from '../errors/api-error.ts';
import { createSessionId } from '../ids.ts';
import { omitUndefined } from '../json/omit-undefined.ts';
import { checkSchema } from '../schemas/check-schema.ts';
import type { ToolSet } from '../tools/tool-set.ts';
import type { ChatDeps, ChatRequest } from './chat-deps.ts';
import { checkToolMessages } from './check-tool-messages.ts';
import { toAgentMessages } from './to-agent-messages.ts';
import { toToolChoice } from './to-tool-choice.ts';

type SchemaLimits = Pick<ChatDeps, 'schemaBytes'>;

/** Throws an ApiError for what can't be served: it is said, never silently dropped. */
export function toAgentRequest(request: ChatRequest, tools: ToolSet, { schemaBytes }: SchemaLimits): AgentRequest {
  refuseUnsupported(request);
  checkToolMessages(request.messages);
  const { system, messages } = toAgentMessages(request.messages);
  const last = messages.at(-1);
  const saysNothing = last && last.content.length === 0 && !(last.role === 'assistant' && last.toolCalls.length > 0);
  if (!last || (saysNothing && last.role !== 'tool')) {
    throw new ApiError('invalid_value', 'No user message found in messages', { param: 'messages' });
  }
  return {
    ...omitUndefined({ model: request.model || null, parallelToolCalls: request.parallel_tool_calls }),
    ...(system.length > 0 ? { instructions: system.join('\n') } : {}),
    messages,
    ...toToolChoice(request, tools),
    ...toFormat(request, schemaBytes),
    settings: toSettings(request),
    sessionId: createSessionId(),
    watched: request.stream ?? false,
  };
}

function toFormat({ response_format: format }: ChatRequest, bytes: number): { format?: AgentOutputFormat } {
  if (format?.type === 'json_object') return { format: { type: 'json_object' } };
  if (format?.type !== 'json_schema') return {};
  const { name, description, strict } = format.json_schema;
  const schema = format.json_schema.schema ?? {};
  checkSchema(schema, { param: 'response_format.json_schema.schema', bytes });
  return { format: { type: 'json_schema', name, schema, ...omitUndefined({ description, strict }) } };
}

function toSettings(request: ChatRequest): AgentSettings {
  const { stop } = request;
  return omitUndefined({
    temperature: request.temperature,
    topP: request.top_p,
    presencePenalty: request.presence_penalty,
    frequencyPenalty: request.frequency_penalty,
    maxOutputTokens: request.max_completion_tokens ?? request.max_tokens,
    stop: typeof stop === 'string' ? [stop] : stop,
    seed: request.seed,
    logitBias: request.logit_bias,
    topLogprobs: request.logprobs ? (request.top_logprobs ?? 0) : undefined,
    reasoningEffort: request.reasoning_effort,
    verbosity: request.verbosity,
    user: request.user ?? request.safety_identifier,
  });
}

function refuseUnsupported(request: ChatRequest): void {
  if (request.audio) throw unsupported('audio', 'Audio output is not available.');
  if (request.modalities?.includes('audio')) throw unsupported('modalities', 'Audio output is not available.');
  if (request.top_logprobs && !request.logprobs) {
    const message = "Invalid value for 'top_logprobs': it is only allowed when 'logprobs' is true.";
    throw new ApiError('invalid_value', message, { param: 'top_logprobs' });
  }
}

function unsupported(param: string, message: string): ApiError {
  return new ApiError('unsupported_parameter', message, { param });
}
