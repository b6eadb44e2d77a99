import type { Schemas } from '../../contract/types.ts';
import { ApiError } from '../../errors/api-error.ts';

/** Throws an ApiError for a tool message that answers no call of the messages before it. */
export function checkToolMessages(messages: readonly Schemas['ChatMessage'][]): void {
  const calls = new Set<string>();
  for (const [index, message] of messages.entries()) {
    if (message.role === 'assistant') for (const { id } of message.tool_calls ?? []) calls.add(id);
    if (message.role !== 'tool' || calls.has(message.tool_call_id)) continue;
    const problem =
      calls.size === 0
        ? "messages with role 'tool' must be a response to a preceding message with 'tool_calls'."
        : `'tool_call_id' of '${message.tool_call_id}' not found in 'tool_calls' of previous message.`;
    throw new ApiError('invalid_value', `Invalid parameter: ${problem}`, {
      param: `messages[${index}].tool_call_id`,
    });
  }
}
