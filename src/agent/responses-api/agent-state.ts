import { isObject } from '../../json/is-object.ts';
import { tryParseJson } from '../../json/try-parse-json.ts';
import type { ResponsesTurn } from '../agent-client.ts';
import type { UpstreamContext } from '../upstream/upstream-format.ts';

/** Returns the state of an agent after its response `id`: the next turn continues that response. */
export const toAgentState = (agent: string, id: string): string => JSON.stringify({ agent, response: id });

/** Returns the id of the upstream's response in the state, `undefined` for the state of another agent. */
export function readAgentState(state: string | undefined, agent: string): string | undefined {
  const value = state === undefined ? undefined : tryParseJson(state);
  if (!isObject(value) || value['agent'] !== agent) return undefined;
  return typeof value['response'] === 'string' ? value['response'] : undefined;
}

/** Whether the upstream stores the response: it is set to, and the client did not forbid it with `store: false`. */
export function isStoredUpstream(turn: ResponsesTurn | undefined, { settings }: UpstreamContext): boolean {
  return settings.upstreamState && turn !== undefined && turn.fields['store'] !== false;
}
