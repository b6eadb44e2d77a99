import type { AgentMessage, AgentOutputFormat, AgentRequest } from '../../agent/agent-client.ts';
import type { LoopRequest } from '../../agent/loop/loop-request.ts';
import { createScopedSession, scopeSession } from '../../agent/request/scope-session.ts';
import { toExtraFields } from '../../agent/request/to-extra-fields.ts';
import { toSchemaFormat } from '../../agent/request/to-schema-format.ts';
import type { Caller } from '../../contract/operations.ts';
import { ApiError } from '../../errors/api-error.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { ToolSet } from '../../tools/tool-set.ts';
import type { ChatDeps, ChatRequest } from '../chat-deps.ts';
import { checkToolMessages } from './check-tool-messages.ts';
import { refuseUnsupported } from './refuse-unsupported.ts';
import { chatFields } from './request-fields.ts';
import { toAgentMessages } from './to-agent-messages.ts';
import { toSettings } from './to-settings.ts';
import { toToolChoice } from './to-tool-choice.ts';
import { listHosted } from './to-tool-set.ts';

type RequestContext = Pick<ChatDeps, 'schemaBytes'> & Pick<Caller, 'tenant' | 'session'>;

/** Translates a request for the agent. Throws an ApiError for anything unsupported; nothing is dropped silently. */
export function toAgentRequest(
  request: ChatRequest,
  tools: ToolSet,
  { schemaBytes, tenant, session }: RequestContext,
): AgentRequest {
  refuseUnsupported(request);
  checkToolMessages(request.messages);
  const { system, messages } = toAgentMessages(request.messages);
  // A system message alone is answered too: the agent decides what to make of it.
  if (isEmptyTurn(messages.at(-1)) && !isSystemAlone(system, messages)) {
    throw new ApiError('invalid_value', 'No user message found in messages', { param: 'messages' });
  }
  const ownSession = session?.id ?? (request.prompt_cache_key || undefined);
  return {
    ...omitUndefined({ model: request.model || null, parallelToolCalls: request.parallel_tool_calls }),
    ...(system.length > 0 ? { instructions: system.join('\n') } : {}),
    messages,
    ...toToolChoice(request, tools),
    ...omitUndefined({ format: toFormat(request, schemaBytes), extraFields: toExtraFields(request, chatFields) }),
    settings: toSettings(request),
    sessionId: ownSession === undefined ? createScopedSession(tenant) : scopeSession(tenant, ownSession),
    sessionHoldsHistory: session?.holdsHistory ?? false,
    watched: request.stream ?? false,
    loop: toLoopRequest(request),
  };
}

/** The tools that the server runs are out of the client's sight: chat has neither items nor approvals for them. */
const toLoopRequest = (request: ChatRequest): LoopRequest => ({
  servers: [],
  hosted: listHosted(request).map((type) => ({ type })),
  approvals: [],
  showsItems: false,
});

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
