import type { AgentMessage, AgentOutputFormat, AgentRequest } from '../../agent/agent-client.ts';
import { toSchemaFormat } from '../../agent/request/to-schema-format.ts';
import { limits } from '../../config/limits.ts';
import { ApiError } from '../../errors/api-error.ts';
import type { OpenSealed } from '../../items/open-sealed.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { StoredItem } from '../../store/stored-item.ts';
import type { ToolSet } from '../../tools/tool-set.ts';
import type { ResponseRequest } from '../responses-deps.ts';
import type { Origin } from './read-origin.ts';
import { toAgentMessages } from './to-agent-messages.ts';
import { toSettings } from './to-settings.ts';
import { defaultFormatName } from './to-text-echo.ts';
import { toToolChoice } from './to-tool-choice.ts';
import { truncateItems } from './truncate-items.ts';

export interface RequestContext {
  origin: Origin;
  input: StoredItem[];
  instructions: string | null;
  tools: ToolSet;
  open: OpenSealed;
  /** Whether to accept a request without messages (token counting does). */
  allowsEmpty: boolean;
  /** Limit on a JSON Schema, in bytes of JSON text. */
  schemaBytes: number;
}

export interface PlannedRequest {
  agentRequest: AgentRequest;
  /** How many of its messages come from the history. */
  pastMessages: number;
}

/** Translates a request and its history for the agent. Throws an ApiError for anything unsupported. */
export function toAgentRequest(request: ResponseRequest, context: RequestContext): PlannedRequest {
  const { origin, input, open } = context;
  const history =
    request.truncation === 'auto' ? truncateItems(origin.history, limits.truncatedHistoryItems, input) : origin.history;
  const { system, messages, pastMessages } = toAgentMessages({ history, input, open });
  // A system message alone is answered too: the agent decides what to make of it.
  const isSystemAlone = messages.length === 0 && system.some((text) => text !== '');
  if (isEmptyTurn(messages.at(-1)) && !isSystemAlone && !context.allowsEmpty) {
    throw new ApiError('invalid_value', 'No user message found in input', { param: 'input' });
  }
  // One system prompt, first: the chat templates of many models reject a later one.
  const instructions = [context.instructions, ...system].filter((text) => text).join('\n');
  const agentRequest: AgentRequest = {
    ...omitUndefined({ model: request.model || null, parallelToolCalls: request.parallel_tool_calls }),
    ...(instructions ? { instructions } : {}),
    messages,
    ...toToolChoice(context.tools, request.tool_choice ?? 'auto'),
    ...omitUndefined({ format: toFormat(request, context.schemaBytes) }),
    settings: toSettings(request),
    sessionId: origin.sessionId,
    watched: request.stream ?? false,
  };
  return { agentRequest, pastMessages };
}

/** Whether there is no message to answer: none at all, or one of the user's without content. */
function isEmptyTurn(last: AgentMessage | undefined): boolean {
  return last === undefined || (last.role === 'user' && last.content.length === 0);
}

function toFormat(request: ResponseRequest, bytes: number): AgentOutputFormat | undefined {
  const format = request.text?.format;
  if (format?.type === 'json_object') return { type: 'json_object' };
  if (format?.type !== 'json_schema') return undefined;
  return toSchemaFormat({ ...format, name: format.name ?? defaultFormatName }, { param: 'text.format.schema', bytes });
}
