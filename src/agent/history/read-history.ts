import type { AgentMessage, AgentPart, AgentRequest } from '../agent-client.ts';
import type { PlainCall, PlainMessage } from './plain-message.ts';

/** Returns the request with all messages, for agents and measures that do not take the history as text. */
export function toWholeRequest(request: AgentRequest): AgentRequest {
  if (!request.history) return request;
  const { history, ...rest } = request;
  return { ...rest, messages: [...readMessages(history.messages), ...request.messages] };
}

/** Returns the messages of a history, or of its last turn. */
export function readMessages(texts: Buffer | string): AgentMessage[] {
  const plain: PlainMessage[] = JSON.parse(`[${texts.toString()}]`);
  return plain.map(toAgentMessage);
}

function toAgentMessage(message: PlainMessage): AgentMessage {
  switch (message.role) {
    case 'user':
      return { role: 'user', content: toParts(message.content) };
    case 'tool':
      return { role: 'tool', callId: message.tool_call_id, content: toParts(message.content) };
    case 'assistant': {
      const { content, reasoning_content: reasoning, tool_calls: calls = [] } = message;
      const toolCalls = calls.map(toAgentCall);
      return { role: 'assistant', content: toParts(content ?? ''), ...(reasoning ? { reasoning } : {}), toolCalls };
    }
  }
}

function toParts(content: string | { type: 'text'; text: string }[]): AgentPart[] {
  if (typeof content !== 'string') return content;
  return content === '' ? [] : [{ type: 'text', text: content }];
}

const toAgentCall = ({ id, function: { name, arguments: text } }: PlainCall) => ({ callId: id, name, arguments: text });
