import type { AgentMessage, AgentToolCall } from '../agent-client.ts';
import { toObjectText } from '../request/to-object-text.ts';
import { pairOutputs } from './pair-outputs.ts';

type AssistantMessage = Extract<AgentMessage, { role: 'assistant' }>;

/** Upstreams refuse a call without an output, and so every later turn of its chain. */
const noOutput = 'No output was recorded for this call.';

/**
 * Returns the conversation in the order that chat upstreams require: each output directly behind the message with its
 * call, one output per call, unique call ids, JSON objects as arguments, no empty and no consecutive answers. What is
 * stored stays as it was.
 */
export function repairHistory(messages: readonly AgentMessage[]): AgentMessage[] {
  const { outputs, strays } = pairOutputs(messages);
  const repaired: AgentMessage[] = [];
  const usedIds = new Set<string>();
  const rename = (callId: string): string => {
    let unique = callId;
    for (let count = 2; usedIds.has(unique); count++) unique = `${callId}_${count}`;
    usedIds.add(unique);
    return unique;
  };
  const close = (answer: AssistantMessage): void => {
    const toolCalls = answer.toolCalls.map((call) => repairCall(call, rename(call.callId)));
    repaired.push({ ...answer, toolCalls });
    for (const [index, call] of answer.toolCalls.entries()) {
      const content = outputs.get(call)?.content ?? [{ type: 'text' as const, text: noOutput }];
      repaired.push({ role: 'tool', callId: toolCalls[index]?.callId ?? call.callId, content });
    }
  };
  let open: AssistantMessage | undefined;
  for (const message of messages) {
    if (message.role === 'assistant') {
      if (!isEmpty(message)) open = open ? merge(open, message) : message;
      continue;
    }
    // An output far from its call leaves no trace where it stood.
    const isMoved = message.role === 'tool' && !strays.has(message) && !calls(open, message.callId);
    if (isMoved) continue;
    if (open) close(open);
    open = undefined;
    if (message.role === 'user') repaired.push(message);
    else if (strays.has(message) && message.content.length > 0)
      repaired.push({ role: 'user', content: message.content });
  }
  if (open) close(open);
  return repaired;
}

/** Repairs the messages that follow a conversation with these open calls, as `repairHistory` does with both. */
export function repairNewest(messages: readonly AgentMessage[], openCalls: readonly string[]): AgentMessage[] {
  if (openCalls.length === 0) return repairHistory(messages);
  const toolCalls = openCalls.map((callId) => ({ callId, name: '', arguments: '{}' }));
  return repairHistory([{ role: 'assistant', content: [], toolCalls }, ...messages]).slice(1);
}

const calls = (answer: AssistantMessage | undefined, callId: string): boolean =>
  answer?.toolCalls.some((call) => call.callId === callId) ?? false;

/** Whether the model wrote nothing that upstreams accept as an answer. Thoughts alone are none. */
function isEmpty({ content, refusal, toolCalls }: AssistantMessage): boolean {
  return toolCalls.length === 0 && !refusal && !content.some((part) => part.type !== 'text' || part.text !== '');
}

function repairCall(call: AgentToolCall, callId: string): AgentToolCall {
  const text = toObjectText(call.arguments);
  return callId === call.callId && text === call.arguments ? call : { ...call, callId, arguments: text };
}

/** Joins two consecutive answers. */
function merge(first: AssistantMessage, second: AssistantMessage): AssistantMessage {
  const hasText = first.content.length > 0 && second.content.length > 0;
  const reasoning = [first.reasoning, second.reasoning].filter((text) => text).join('\n');
  const refusal = [first.refusal, second.refusal].filter((text) => text).join('\n');
  return {
    ...first,
    ...second,
    content: [...first.content, ...(hasText ? [{ type: 'text' as const, text: '\n' }] : []), ...second.content],
    toolCalls: [...first.toolCalls, ...second.toolCalls],
    ...(reasoning === '' ? {} : { reasoning }),
    ...(refusal === '' ? {} : { refusal }),
  };
}
