import type { AgentMessage, AgentPart, AgentToolCall } from '../agent/agent-client.ts';
import { isObject } from '../json/is-object.ts';
import { tryParseJson } from '../json/try-parse-json.ts';
import { isAllowedUrl } from './check-url.ts';

/** The content of a compaction item: the summary of a history, and the messages kept verbatim. */
export interface CompactedHistory {
  summary: string;
  messages: AgentMessage[];
}

/**
 * Returns the history in the text of a compaction, `undefined` for any other text. Its messages reach the agent
 * unchanged, so they are checked like those of a client, URLs included.
 */
export function parseCompaction(text: string): CompactedHistory | undefined {
  const value = tryParseJson(text);
  if (!isObject(value) || typeof value['summary'] !== 'string') return undefined;
  const { summary, messages } = value;
  return Array.isArray(messages) && messages.every(isMessage) ? { summary, messages } : undefined;
}

function isMessage(value: unknown): value is AgentMessage {
  if (!isObject(value) || !Array.isArray(value['content']) || !value['content'].every(isPart)) return false;
  switch (value['role']) {
    case 'user':
      return areTexts(value, ['name']);
    case 'assistant':
      return (
        areTexts(value, ['reasoning', 'refusal', 'name']) &&
        isCalls(value['toolCalls']) &&
        isProvider(value['provider'])
      );
    case 'tool':
      return typeof value['callId'] === 'string';
    default:
      return false;
  }
}

function isPart(value: unknown): value is AgentPart {
  if (!isObject(value)) return false;
  switch (value['type']) {
    case 'text':
      return typeof value['text'] === 'string';
    case 'image':
      return isUrl(value['url'], 'image') && areTexts(value, ['detail']);
    case 'file':
      return areTexts(value, ['filename', 'data']) && (value['url'] === undefined || isUrl(value['url'], 'file'));
    default:
      return false;
  }
}

const isUrl = (value: unknown, kind: 'image' | 'file') => typeof value === 'string' && isAllowedUrl(value, kind);

function isCalls(value: unknown): value is AgentToolCall[] {
  return Array.isArray(value) && value.every(isCall);
}

const isCall = (value: unknown) =>
  isObject(value) &&
  ['callId', 'name', 'arguments'].every((name) => typeof value[name] === 'string') &&
  isProvider(value['provider']);

const isProvider = (value: unknown) => value === undefined || (isObject(value) && isObject(value['fields']));

/** Whether each of these fields is a string or omitted. */
function areTexts(value: Record<string, unknown>, names: readonly string[]): boolean {
  return names.every((name) => value[name] === undefined || typeof value[name] === 'string');
}
