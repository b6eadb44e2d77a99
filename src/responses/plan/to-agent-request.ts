import type { AgentMessage, AgentOutputFormat, AgentRequest, AgentSettings } from '../../agent/agent-client.ts';
import { limits } from '../../config/limits.ts';
import { ApiError } from '../../errors/api-error.ts';
import type { OpenSealed } from '../../items/open-sealed.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import { checkSchema } from '../../schemas/check-schema.ts';
import type { StoredItem } from '../../store/stored-item.ts';
import type { ToolSet } from '../../tools/tool-set.ts';
import type { ResponseRequest } from '../responses-deps.ts';
import type { Origin } from './read-origin.ts';
import { toAgentMessages } from './to-agent-messages.ts';
import { defaultFormatName } from './to-text-echo.ts';
import { toToolChoice } from './to-tool-choice.ts';
import { truncateItems } from './truncate-items.ts';

export interface RequestContext {
  origin: Origin;
  input: StoredItem[];
  instructions: string | null;
  tools: ToolSet;
  open: OpenSealed;
  /** Is a request without a single message one? It is where nothing is to be answered. */
  allowsEmpty: boolean;
  /** The most that its JSON Schema may have. */
  schemaBytes: number;
}

export interface PlannedRequest {
  agentRequest: AgentRequest;
  /** How many of its messages were said before this turn. */
  pastMessages: number;
}

export function toAgentRequest(request: ResponseRequest, context: RequestContext): PlannedRequest {
  const { origin, input, open } = context;
  const history =
    request.truncation === 'auto' ? truncateItems(origin.history, limits.truncatedHistoryItems, input) : origin.history;
  const { system, messages, pastMessages } = toAgentMessages({ history, input, open });
  if (saysNothing(messages.at(-1)) && !context.allowsEmpty) {
    throw new ApiError('invalid_value', 'No user message found in input', { param: 'input' });
  }
  // One system prompt, first: chat templates of many models fail on one that comes later.
  const instructions = [context.instructions, ...system].filter((text) => text).join('\n');
  const agentRequest: AgentRequest = {
    ...omitUndefined({ model: request.model || null, parallelToolCalls: request.parallel_tool_calls }),
    ...(instructions ? { instructions } : {}),
    messages,
    ...toToolChoice(context.tools, request.tool_choice ?? 'auto'),
    ...toFormat(request, context.schemaBytes),
    settings: toSettings(request),
    sessionId: origin.sessionId,
    watched: request.stream ?? false,
  };
  return { agentRequest, pastMessages };
}

/** No turn, or one of the user's without a word, image or file. */
function saysNothing(last: AgentMessage | undefined): boolean {
  return last === undefined || (last.role === 'user' && last.content.length === 0);
}

function toFormat(request: ResponseRequest, bytes: number): { format?: AgentOutputFormat } {
  const format = request.text?.format;
  if (format?.type === 'json_object') return { format: { type: 'json_object' } };
  if (format?.type !== 'json_schema') return {};
  checkSchema(format.schema, { param: 'text.format.schema', bytes });
  return {
    format: {
      type: 'json_schema',
      name: format.name ?? defaultFormatName,
      schema: format.schema,
      ...omitUndefined({ description: format.description, strict: format.strict }),
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
  return omitUndefined(settings);
}

function wantsLogprobs(request: ResponseRequest): boolean {
  return Boolean(request.top_logprobs) || (request.include?.includes('message.output_text.logprobs') ?? false);
}
