import { defaultUpstreamSettings, type UpstreamApi, type UpstreamSettings } from './upstream-settings.ts';

export type AgentConfig =
  | { kind: 'offline' }
  | { kind: 'replay'; file: string; pace: 'none' | 'recorded' }
  | UpstreamConfig;

/** An agent behind an HTTP API. */
export interface UpstreamConfig {
  kind: 'upstream';
  api: UpstreamApi;
  url: string;
  apiKey: string | undefined;
  model: string | undefined;
  settings: UpstreamSettings;
}

interface AgentFields {
  url: string;
  apiKey: string | undefined;
  model: string | undefined;
  api?: UpstreamApi | undefined;
  settings?: UpstreamSettings | undefined;
}

/** The accepted URLs of an agent, for the end of a message. */
export const agentUrls =
  '"offline:", "replay:FILE", "replay:FILE?pace=recorded" or the http(s) URL, without user and password, of an OpenAI-compatible API';

/** Parses the URL of an agent. Returns `undefined` for any other URL. */
export function toAgentConfig({ url, apiKey, model, ...rest }: AgentFields): AgentConfig | undefined {
  if (url === 'offline:') return { kind: 'offline' };
  if (url.startsWith('replay:')) return toReplay(url);
  const parsed = URL.parse(url);
  if (parsed?.protocol !== 'http:' && parsed?.protocol !== 'https:') return undefined;
  // They would be ignored: an agent is authenticated by its key.
  if (parsed.username !== '' || parsed.password !== '') return undefined;
  const { api = 'chat-completions', settings = defaultUpstreamSettings } = rest;
  return { kind: 'upstream', api, url: url.replace(/\/+$/, ''), apiKey, model, settings };
}

/** Parses `replay:FILE` and `replay:FILE?pace=recorded`. */
function toReplay(url: string): AgentConfig | undefined {
  const [, file = '', query] = /^replay:(.*?)(?:\?([^?]*))?$/.exec(url) ?? [];
  const pace = query === undefined ? 'none' : /^pace=(none|recorded)$/.exec(query)?.[1];
  if (file === '' || pace === undefined) return undefined;
  return { kind: 'replay', file, pace: pace === 'recorded' ? pace : 'none' };
}
