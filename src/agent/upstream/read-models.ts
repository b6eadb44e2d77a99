import { ApiError } from '../../errors/api-error.ts';
import { isObject } from '../../json/is-object.ts';
import type { AgentModel } from '../agent-client.ts';
import { createWrongAddress, isPage } from './errors/wrong-address.ts';
import { toCount } from './to-count.ts';

/**
 * Reads a list of models: OpenAI's list object, Ollama's with `models`, or a bare array. Entries without a name are
 * skipped. A list that is null or omitted is empty: Ollama without models sends it. Throws `upstream_error` for anything
 * that is not a list.
 */
export function readModels(text: string): AgentModel[] {
  const entries = toEntries(parse(text));
  const models = new Map<string, AgentModel>();
  for (const model of entries.flatMap(toModel)) if (!models.has(model.id)) models.set(model.id, model);
  return [...models.values()];
}

function parse(text: string): unknown {
  if (isPage(text)) throw createWrongAddress('an HTML page', { isReachable: true });
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (cause) {
    throw unreadable(cause);
  }
}

function toEntries(list: unknown): unknown[] {
  if (Array.isArray(list)) return list;
  if (list === null) return [];
  if (!isObject(list) || list['error']) throw unreadable(new Error(`the list is ${JSON.stringify(list)}`));
  const entries = [list['data'], list['models']].filter((value) => value !== undefined && value !== null);
  const found = entries.find((value) => Array.isArray(value));
  if (found === undefined && entries.length > 0) throw unreadable(new Error('the list is not an array'));
  return found ?? [];
}

function toModel(entry: unknown): AgentModel[] {
  const { id, model, name, created, owned_by: ownedBy } = isObject(entry) ? entry : { id: entry };
  const names = [id, model, name].filter((value) => typeof value === 'string' && value !== '');
  const [own] = names as string[];
  if (own === undefined) return [];
  return [{ id: own, created: toCount(created) ?? 0, ownedBy: typeof ownedBy === 'string' ? ownedBy : 'upstream' }];
}

export function unreadable(cause: unknown): ApiError {
  const message = "The agent's list of models could not be read.";
  return new ApiError('upstream_error', message, { cause, isReachable: true });
}
