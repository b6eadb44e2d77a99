import type { AgentMessage, AgentOutputFormat, AgentRequest, ResponsesTurn } from '../../agent/agent-client.ts';
import type { AnsweredApproval, ApprovalWaiver, RequestedServer } from '../../agent/loop/loop-request.ts';
import { scopeSession } from '../../agent/request/scope-session.ts';
import { toExtraFields } from '../../agent/request/to-extra-fields.ts';
import { toSchemaFormat } from '../../agent/request/to-schema-format.ts';
import { limits } from '../../config/limits.ts';
import { ApiError } from '../../errors/api-error.ts';
import type { OpenSealed } from '../../items/open-sealed.ts';
import { defaultFormatName } from '../../items/to-format-echo.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { StoredItem } from '../../store/stored-item.ts';
import type { ResponseRequest } from '../responses-deps.ts';
import type { FoundTools } from './find-tools.ts';
import type { Origin } from './read-origin.ts';
import { responseFields } from './request-fields.ts';
import type { UsedAnswers } from './server-calls.ts';
import { toAgentMessages } from './to-agent-messages.ts';
import { toLoopRequest } from './to-loop-request.ts';
import { toResponsesTurn } from './to-responses-turn.ts';
import { toSettings } from './to-settings.ts';
import { toToolChoice } from './to-tool-choice.ts';
import { truncateItems } from './truncate-items.ts';

export interface RequestContext {
  origin: Origin;
  tenant: string;
  input: StoredItem[];
  instructions: string | null;
  tools: FoundTools;
  /** The MCP servers that this server reaches. */
  servers: readonly RequestedServer[];
  /** The approvals that the input answers. */
  approvals: readonly AnsweredApproval[];
  /** Calls that an operator has freed from approval. */
  waivers: readonly ApprovalWaiver[] | undefined;
  /** The answers that other responses used. */
  used: UsedAnswers;
  open: OpenSealed;
  /** Whether the agent speaks the Responses API. */
  speaksResponses: boolean;
  /** Opens the sealed content of this turn a second time, for such an agent. */
  reopen: () => OpenSealed;
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
  const { speaksResponses: passesEncrypted, tools } = context;
  const approvals = new Set(context.approvals.map(({ id }) => id));
  const sources = { history, input, open, passesEncrypted, approvals, used: context.used };
  const { system, messages, pastMessages } = toAgentMessages(sources);
  const { joined } = origin;
  // A system message alone is answered too: the agent decides what to make of it.
  const isSystemAlone = messages.length === 0 && system.some((text) => text !== '');
  if (isEmptyTurn(messages.at(-1)) && !isSystemAlone && !context.allowsEmpty) {
    throw new ApiError('invalid_value', 'No user message found in input', { param: 'input' });
  }
  // One system prompt, first: the chat templates of many models reject a later one.
  const instructions = [context.instructions, ...(joined?.system ?? []), ...system].filter((text) => text).join('\n');
  const agentRequest: AgentRequest = {
    ...omitUndefined({ model: request.model || null, parallelToolCalls: request.parallel_tool_calls }),
    ...(instructions ? { instructions } : {}),
    messages,
    ...toToolChoice(tools.set, request.tool_choice ?? 'auto', {
      hasHosted: tools.hasHosted,
      hasServers: context.servers.length > 0 || tools.hosted.length > 0,
      hosted: tools.hosted,
    }),
    loop: toLoopRequest(request, context),
    ...omitUndefined({
      format: toFormat(request, context.schemaBytes),
      extraFields: toExtraFields(request, responseFields),
      history: joined && { ...joined, id: origin.parentId ?? '' },
    }),
    settings: toSettings(request),
    sessionId: scopeSession(context.tenant, origin.sessionId),
    sessionHoldsHistory: origin.sessionHoldsHistory ?? false,
    watched: request.stream ?? false,
    background: request.background ?? false,
    ...(passesEncrypted ? toTurn(request, { ...context, history, messages: messages.length }) : {}),
  };
  return { agentRequest, pastMessages };
}

/** Returns what an agent needs that speaks the Responses API. The turn is built when it is asked for, and once. */
function toTurn(
  request: ResponseRequest,
  { origin, input, tools, reopen, history, messages }: RequestContext & { history: StoredItem[]; messages: number },
): Pick<AgentRequest, 'responses' | 'agentState'> {
  let turn: ResponsesTurn | undefined;
  const build = () => toResponsesTurn(request, { history, input, tools: tools.sent, messages, open: reopen() });
  return {
    responses: () => {
      turn ??= build();
      return turn;
    },
    ...omitUndefined({ agentState: origin.agentState }),
  };
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
