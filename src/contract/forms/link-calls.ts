import { isObject } from '../../json/is-object.ts';
import type { Fields } from './body-form.ts';

/**
 * Adds the IDs that link calls and the messages with their outputs. Clients of Ollama's own API send neither: an output
 * then belongs to the first open call of the tool that it names, or to the first one.
 */
export function linkCalls(messages: readonly unknown[]): void {
  let open: Fields[] = [];
  for (const [index, message] of messages.entries()) {
    if (!isObject(message)) continue;
    const { role, tool_calls: calls } = message;
    if (role === 'assistant' && Array.isArray(calls)) open = calls.filter(isObject);
    if (role === 'assistant') for (const [position, call] of open.entries()) call['id'] ||= `call_${index}_${position}`;
    if (role === 'tool') open = linkOutput(message, open);
  }
}

/** Returns the calls that remain open. */
function linkOutput(message: Fields, open: Fields[]): Fields[] {
  const name = message['tool_name'] ?? message['name'];
  const id = message['tool_call_id'];
  const call = id ? open.find((one) => one['id'] === id) : (open.find((one) => nameOf(one) === name) ?? open[0]);
  if (call) message['tool_call_id'] = call['id'];
  return open.filter((one) => one !== call);
}

const nameOf = ({ function: definition }: Fields): unknown => (isObject(definition) ? definition['name'] : undefined);
