import type { ProbeReply } from '../agent/upstream/upstream-probe.ts';
import { isObject } from '../json/is-object.ts';
import { tryParseJson } from '../json/try-parse-json.ts';

export const isAccepted = ({ status }: ProbeReply): boolean => status >= 200 && status < 300;

/** Refusals of a key under another status: LiteLLM looks for an unknown key in a database, Gemini answers 400. */
const refusedKey = /no connected db|(invalid|incorrect|missing|valid)\b.{0,20}\bapi[ _-]?key/i;

/** Whether the agent refused the credentials. */
export const isUnauthorized = (reply: ProbeReply): boolean =>
  reply.status === 401 || reply.status === 403 || (reply.status >= 400 && refusedKey.test(toReason(reply)));

/** Whether the agent has no such operation: a 404, another method, or a web page in its place. */
export function isMissing(reply: ProbeReply): boolean {
  return [404, 405, 501].includes(reply.status) || (isAccepted(reply) && /^\s*</.test(reply.text));
}

/** Returns the ids of a list of models, `undefined` for any other reply. An empty list may be sent as `null`. */
export function toModelIds(reply: ProbeReply): string[] | undefined {
  const body = isAccepted(reply) ? tryParseJson(reply.text) : undefined;
  const list = Array.isArray(body) ? body : isObject(body) ? (body['data'] ?? body['models']) : undefined;
  if (list === null || (list === undefined && isObject(body) && 'data' in body)) return [];
  if (!Array.isArray(list)) return undefined;
  return list.flatMap((entry: unknown) => {
    const id = isObject(entry) ? (entry['id'] ?? entry['name']) : entry;
    return typeof id === 'string' && id !== '' ? [id] : [];
  });
}

/** Returns the reason of an error reply: the message of its envelope, else its text. */
export function toReason({ text }: ProbeReply): string {
  const body = tryParseJson(text);
  const error = isObject(body) ? (body['error'] ?? body['detail'] ?? body['message']) : undefined;
  const message = isObject(error) ? error['message'] : error;
  return typeof message === 'string' ? message : text;
}

/** Returns the JSON of a stream's events, in order. */
export function toEvents({ text }: ProbeReply): Record<string, unknown>[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const value = line.startsWith('data:') ? tryParseJson(line.slice('data:'.length)) : undefined;
    return isObject(value) ? [value] : [];
  });
}

/** Returns the objects of a list; none for any other value. */
export const toObjects = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter(isObject) : [];
