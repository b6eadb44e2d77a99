import type { AgentMessage, AgentOutputFormat, AgentRequest } from '../../agent/agent-client.ts';
import { toSchemaFormat } from '../../agent/request/to-schema-format.ts';
import { ApiError } from '../../errors/api-error.ts';
import { createSessionId } from '../../ids.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { ToolSet } from '../../tools/tool-set.ts';
import type { ChatDeps, ChatRequest } from '../chat-deps.ts';
import { checkToolMessages } from './check-tool-messages.ts';
import { refuseUnsupported } from './refuse-unsupported.ts';
import { toAgentMessages } from './to-agent-messages.ts';
import { toSettings } from './to-settings.ts';
import { toToolChoice } from './to-tool-choice.ts';

type SchemaLimits = Pick<ChatDeps, 'schemaBytes'>;

/** Translates a request for the agent. Throws an ApiError for anything unsupported; nothing is dropped silently. */
export function toAgentRequest(request: ChatRequest, tools: ToolSet, { schemaBytes }: SchemaLimits): AgentRequest {
  refuseUnsupported(request);
  checkToolMessages(request.messages);
  const { system, messages } = toAgentMessages(request.messages);
  // A system message alone is answered too: the agent decides what to make of it.
  if (isEmptyTurn(messages.at(-1)) && !isSystemAlone(system, messages)) {
    throw new ApiError('invalid_value', 'No user message found in messages', { param: 'messages' });
  }
  return {
    ...omitUndefined({ model: request.model || null, parallelToolCalls: request.parallel_tool_calls }),
    ...(system.length > 0 ? { instructions: system.join('\n') } : {}),
    messages,
    ...toToolChoice(request, tools),
    ...omitUndefined({ format: toFormat(request, schemaBytes) }),
    settings: toSettings(request),
    sessionId: createSessionId(),
    watched: request.stream ?? false,
  };
}

/** Whether there is no message to answer: none at all, or one without content and calls. A tool's output may be empty. */
function isEmptyTurn(last: AgentMessage | undefined): boolean {
  if (!last) return true;
  if (last.role === 'tool' || last.content.length > 0) return false;
  return last.role === 'user' || last.toolCalls.length === 0;
}

const isSystemAlone = (system: readonly string[], messages: readonly AgentMessage[]): boolean =>
  messages.length === 0 && system.some((text) => text !== '');

function toFormat({ response_format: format }: ChatRequest, bytes: number): AgentOutputFormat | undefined {
  if (format?.type === 'json_object') return { type: 'json_object' };
  if (format?.type !== 'json_schema') return undefined;
  const { schema, ...rest } = format.json_schema;
  return toSchemaFormat({ ...rest, schema: schema ?? {} }, { param: 'response_format.json_schema.schema', bytes });
}
