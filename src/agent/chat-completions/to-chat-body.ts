import type { AgentHistory, AgentMessage, AgentRequest } from '../agent-client.ts';
import { toWholeRequest } from '../history/read-history.ts';
import { serializeBody } from '../serialize-body.ts';
import type { UpstreamContext } from '../upstream/upstream-format.ts';
import { type ChatDialect, toChatDialect } from './chat-dialect.ts';
import { toChatRequest, toInstructions } from './to-chat-request.ts';

/**
 * Returns the body of a request as JSON text. A history in the dialect of the upstream is sent as it is stored; another
 * one is read, and its messages are adapted.
 */
export function toChatBody(request: AgentRequest, model: string, context: UpstreamContext): Buffer {
  if (!request.history) return Buffer.from(serializeBody(toChatRequest(request, model, context)));
  const dialect = toChatDialect(request, model, context);
  const history = toSentHistory(request.history, request.messages, dialect);
  if (!history) return Buffer.from(serializeBody(toChatRequest(toWholeRequest(request), model, context)));
  const { messages, ...fields } = toChatRequest(request, model, context);
  const systemMessages = toInstructions(request, dialect).instructions ? 1 : 0;
  const before = messages.slice(0, systemMessages).map((message) => `${serializeBody(message)},`);
  const after = messages.slice(systemMessages).map((message) => `,${serializeBody(message)}`);
  return Buffer.concat([
    Buffer.from(`${serializeBody(fields).slice(0, -1)},"messages":[${before.join('')}`),
    history,
    Buffer.from(`${after.join('')}]}`),
  ]);
}

/** The name of a member. The quotes of the same words within a text are escaped. */
const reasoningName = '"reasoning_content":';

/** Returns the history in the dialect of the upstream. `undefined`: its messages must be adapted one by one. */
function toSentHistory(
  { messages: history }: AgentHistory,
  messages: readonly AgentMessage[],
  dialect: ChatDialect,
): Buffer | undefined {
  if (history.length === 0 || adaptsMessages(dialect) || repeatsCall(messages, history)) return undefined;
  const { reasoningField } = dialect;
  if (reasoningField === 'reasoning_content' || !history.includes(reasoningName)) return history;
  if (reasoningField === 'none') return undefined;
  return Buffer.from(history.toString().replaceAll(reasoningName, `"${reasoningField}":`));
}

/** Whether the upstream is known to need messages in another form than that of a fragment. */
const adaptsMessages = (dialect: ChatDialect): boolean =>
  dialect.needsReasoning ||
  dialect.needsTurns ||
  dialect.refusesNull ||
  dialect.refusesEmpty ||
  dialect.refusesParts ||
  dialect.refusesLongIds;

/** Whether the id of a new call may occur in the history, too. The new call then needs another id. */
const repeatsCall = (messages: readonly AgentMessage[], history: Buffer): boolean =>
  messages.some(
    (message) =>
      message.role === 'assistant' && message.toolCalls.some(({ callId }) => history.includes(JSON.stringify(callId))),
  );
