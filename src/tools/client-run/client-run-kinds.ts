import { isObject } from '../../json/is-object.ts';
import { tryParseJson } from '../../json/try-parse-json.ts';
import type { AgentTool } from '../agent-tool.ts';
import { applyPatch } from './apply-patch.ts';
import type { Fields } from './client-run-kind.ts';
import { localShell } from './local-shell.ts';
import { shell } from './shell.ts';
import { toolSearch } from './tool-search.ts';

/** All kinds, by the type of the tool. Its function has the same name. */
const kinds = { shell, local_shell: localShell, apply_patch: applyPatch, tool_search: toolSearch };

export type ClientRunType = keyof typeof kinds;

/** The fields of a call that its kind decides. */
export type ClientRunCall = NonNullable<ReturnType<(typeof kinds)[ClientRunType]['toCall']>>;

/** The types of the outputs, and of the kinds that they belong to. */
const outputTypes: Readonly<Record<string, ClientRunType>> = {
  shell_call_output: 'shell',
  local_shell_call_output: 'local_shell',
  apply_patch_call_output: 'apply_patch',
  tool_search_output: 'tool_search',
};

export const isClientRunType = (type: string): type is ClientRunType => Object.hasOwn(kinds, type);

/**
 * Returns the type of a tool that the client runs. `undefined` for any other, and for one that the provider would run: a
 * shell in a container, a search at the server.
 */
export function findClientRunType({ type, environment, execution }: Fields): ClientRunType | undefined {
  if (typeof type !== 'string' || !isClientRunType(type)) return undefined;
  if (type === 'tool_search') return execution === 'client' ? type : undefined;
  const isRemote = isObject(environment) && environment['type'] !== 'local';
  return type === 'shell' && isRemote ? undefined : type;
}

/** Returns the function that an agent sees in place of a tool. */
export const toFunction = (type: ClientRunType, tool: Fields): AgentTool => ({
  name: type,
  ...kinds[type].toFunction(tool),
});

/** Returns the fields of a call for the arguments that a model wrote; `undefined` when they do not fit. */
export function toClientRunCall(type: ClientRunType, text: string): ClientRunCall | undefined {
  const args = text.trim() === '' ? {} : tryParseJson(text);
  return isObject(args) ? kinds[type].toCall(args) : undefined;
}

/** Returns a call of the client's as the call of its function. `undefined`: another item, or a provider's own call. */
export function toFunctionCall(item: Fields): { callId: string; name: string; arguments: string } | undefined {
  const { type, call_id: callId } = item;
  const kind = typeof type === 'string' && type.endsWith('_call') ? type.slice(0, -'_call'.length) : '';
  if (!isClientRunType(kind) || typeof callId !== 'string') return undefined;
  return { callId, name: kind, arguments: JSON.stringify(kinds[kind].toArguments(item)) };
}

/** Returns what the model reads of an output of the client's. `undefined`: another item, or a provider's own output. */
export function toFunctionResult(item: Fields): { callId: string; text: string } | undefined {
  const kind = outputTypes[String(item['type'])];
  const callId = kind && outputCallId(item);
  return kind && typeof callId === 'string' ? { callId, text: kinds[kind].toResult(item) } : undefined;
}

/** OpenAI's contract calls the ID of the call `id` here, its guide `call_id`. */
const outputCallId = ({ type, id, call_id: callId }: Fields): unknown =>
  type === 'local_shell_call_output' ? (callId ?? id) : callId;
