import { toCustomArguments } from '../../tools/custom-tool.ts';
import { toFlatName } from '../../tools/flat-name.ts';
import { type Fields, toFields, toFieldsList, toStringOf } from '../fields.ts';
import { type Asked, addTurn, type Turn } from './asked.ts';

/** Reads a recorded request of Chat Completions. */
export function fromChatBody(body: Fields): Asked {
  const system: string[] = [];
  const turns: Turn[] = [];
  for (const message of toFieldsList(body['messages'])) {
    const role = message['role'];
    if (role === 'system' || role === 'developer') system.push(toText(message['content']));
    else addTurn(turns, toTurn(message));
  }
  const functions = toFieldsList(body['functions']).map(({ name }) => toFlatName(toStringOf(name)));
  return {
    model: typeof body['model'] === 'string' ? body['model'] : undefined,
    system: system.join('\n'),
    turns,
    tools: [...toFieldsList(body['tools']).map(toToolName), ...functions],
  };
}

function toTurn(message: Fields): Turn {
  const { role, content, tool_calls: calls, function_call: single, refusal } = message;
  const turn: Turn = { role: 'user', text: toText(content), attachments: toAttachments(content), calls: [] };
  if (role === 'tool' || role === 'function') return { ...turn, role: 'tool' };
  if (role !== 'assistant') return turn;
  const refusals = toFieldsList(content).map((part) => toStringOf(part['refusal']));
  return {
    ...turn,
    role,
    text: turn.text || toStringOf(refusal) || refusals.join(''),
    calls: [...toFieldsList(calls).map(toCall), ...(single ? [toCall({ function: single })] : [])],
  };
}

function toCall(call: Fields): Turn['calls'][number] {
  const custom = toFields(call['custom']);
  if (typeof custom['name'] === 'string') {
    return { name: toFlatName(custom['name']), arguments: toCustomArguments(toStringOf(custom['input'])) };
  }
  const { name, arguments: text } = toFields(call['function']);
  return { name: toFlatName(toStringOf(name)), arguments: toStringOf(text) };
}

function toToolName(tool: Fields): string {
  const definition = toFields(tool['function'] ?? tool['custom']);
  return toFlatName(toStringOf(definition['name']));
}

function toText(content: unknown): string {
  if (typeof content === 'string') return content;
  return toFieldsList(content)
    .flatMap(({ text }) => (typeof text === 'string' && text ? [text] : []))
    .join('\n');
}

function toAttachments(content: unknown): string[] {
  return toFieldsList(content).flatMap((part) => {
    if (part['type'] === 'image_url') return [toStringOf(toFields(part['image_url'])['url'])];
    return part['type'] === 'file' ? [toStringOf(toFields(part['file'])['file_data'])] : [];
  });
}
