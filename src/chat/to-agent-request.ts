import type { AgentOutputFormat, AgentRequest, AgentSettings, AgentTool } from '../agent/agent-client.ts';
import { dropAbsent } from '../drop-absent.ts';
import { ApiError } from '../errors/api-error.ts';
import { createSessionId } from '../ids.ts';
import type { ChatRequest } from './chat-deps.ts';
import { toAgentMessages } from './to-agent-messages.ts';
import { toToolChoice } from './to-tool-choice.ts';

/** Throws an ApiError for what can't be served: it is said, never silently dropped. */
export function toAgentRequest(request: ChatRequest): AgentRequest {
  refuseUnsupported(request);
  const { system, messages } = toAgentMessages(request.messages);
  const last = messages.at(-1);
  const saysNothing = last && last.content.length === 0 && !(last.role === 'assistant' && last.toolCalls.length > 0);
  if (!last || (saysNothing && last.role !== 'tool')) {
    throw new ApiError('invalid_value', 'No user message found in messages', { param: 'messages' });
  }
  return {
    ...dropAbsent({ model: request.model, parallelToolCalls: request.parallel_tool_calls }),
    ...(system.length > 0 ? { instructions: system.join('\n') } : {}),
    messages,
    ...toTools(request),
    ...toFormat(request),
    settings: toSettings(request),
    sessionId: createSessionId(),
  };
}

function toTools(request: ChatRequest): Pick<AgentRequest, 'tools' | 'toolChoice'> {
  const current = (request.tools ?? []).flatMap((tool) => (tool.type === 'function' ? [tool.function] : []));
  // `functions` is the name of `tools` before 2024; some clients still send it.
  const offered = [...current, ...(request.functions ?? [])].map((definition): AgentTool => {
    const { name, description, parameters } = definition;
    const strict = 'strict' in definition ? definition.strict : undefined;
    return { name, ...dropAbsent({ description, parameters, strict }) };
  });
  return toToolChoice(request, offered);
}

function toFormat({ response_format: format }: ChatRequest): { format?: AgentOutputFormat } {
  if (format?.type === 'json_object') return { format: { type: 'json_object' } };
  if (format?.type !== 'json_schema') return {};
  const { name, description, schema, strict } = format.json_schema;
  return { format: { type: 'json_schema', name, schema: schema ?? {}, ...dropAbsent({ description, strict }) } };
}

function toSettings(request: ChatRequest): AgentSettings {
  const { stop } = request;
  return dropAbsent({
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
  const refuse = (param: string, message: string) => {
    throw new ApiError('unsupported_parameter', message, { param });
  };
  if ((request.n ?? 1) > 1) refuse('n', 'This server answers with one choice: send n = 1.');
  if (request.audio || request.modalities?.includes('audio')) refuse('modalities', 'Audio output is not available.');
}
