import type { AgentMessage, AgentOutputFormat, AgentRequest, AgentSettings } from '../agent/agent-client.ts';
import { limits } from '../config/limits.ts';
import { dropAbsent } from '../drop-absent.ts';
import { ApiError } from '../errors/api-error.ts';
import type { StoredItem } from '../store/store.ts';
import type { ResponseRequest } from './responses-deps.ts';
import { toAgentMessages } from './to-agent-messages.ts';
import { toAgentTools } from './to-agent-tools.ts';
import { defaultFormatName } from './to-text-echo.ts';
import { truncateItems } from './truncate-items.ts';

export interface RequestContext {
  history: StoredItem[];
  input: StoredItem[];
  instructions: string | null;
  sessionId: string;
}

export function toAgentRequest(request: ResponseRequest, context: RequestContext): AgentRequest {
  const history =
    request.truncation === 'auto'
      ? truncateItems(context.history, limits.truncatedHistoryItems, context.input)
      : context.history;
  const { system, messages } = toAgentMessages(history, context.input);
  if (saysNothing(messages.at(-1))) {
    throw new ApiError('invalid_value', 'No user message found in input', { param: 'input' });
  }
  // One system prompt, first: chat templates of many models fail on one that comes later.
  const instructions = [context.instructions, ...system].filter((text) => text).join('\n');
  return {
    ...(request.model ? { model: request.model } : {}),
    ...(instructions ? { instructions } : {}),
    messages,
    ...toAgentTools(request),
    ...toFormat(request),
    settings: toSettings(request),
    sessionId: context.sessionId,
  };
}

/** No turn, or one of the user's without a word, image or file. */
function saysNothing(last: AgentMessage | undefined): boolean {
  return last === undefined || (last.role === 'user' && last.content.length === 0);
}

function toFormat(request: ResponseRequest): { format?: AgentOutputFormat } {
  const format = request.text?.format;
  if (format?.type === 'json_object') return { format: { type: 'json_object' } };
  if (format?.type !== 'json_schema') return {};
  return {
    format: {
      type: 'json_schema',
      name: format.name ?? defaultFormatName,
      schema: format.schema,
      ...dropAbsent({ description: format.description, strict: format.strict }),
    },
  };
}

function toSettings(request: ResponseRequest): AgentSettings {
  const settings = {
    temperature: request.temperature,
    topP: request.top_p,
    presencePenalty: request.presence_penalty,
    frequencyPenalty: request.frequency_penalty,
    maxOutputTokens: request.max_output_tokens,
    topLogprobs: wantsLogprobs(request) ? (request.top_logprobs ?? 0) : undefined,
    reasoningEffort: request.reasoning?.effort,
    verbosity: request.text?.verbosity,
    user: request.user ?? request.safety_identifier,
  };
  return dropAbsent(settings);
}

function wantsLogprobs(request: ResponseRequest): boolean {
  return Boolean(request.top_logprobs) || (request.include?.includes('message.output_text.logprobs') ?? false);
}
