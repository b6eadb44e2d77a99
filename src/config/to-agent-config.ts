import type { UpstreamApi, UpstreamSettings } from './upstream-settings.ts';

export type AgentConfig = (
  | { kind: 'offline' }
  | { kind: 'replay'; file: string; pace: 'none' | 'recorded' }
  | RulesConfig
  | UpstreamConfig
) & {
  /** Calls of the model in one run. */
  maxIterations?: number;
};

/** An agent that answers by rules. */
export interface RulesConfig {
  kind: 'rules';
  /** Undefined: there are no rules until some are set over HTTP. */
  file: string | undefined;
  /** Whether a request that no rule matches is an error, whatever the rules say. */
  isStrict: boolean;
}

/** An agent behind an HTTP API. */
export interface UpstreamConfig {
  kind: 'upstream';
  api: UpstreamApi;
  url: string;
  apiKey: string | undefined;
  model: string | undefined;
  settings: UpstreamSettings;
}

/** An HTTP agent before its settings are read. `api`: the one that the scheme of its URL names. */
type UpstreamBase = Omit<UpstreamConfig, 'api' | 'settings'> & { api: UpstreamApi | undefined };

interface AgentFields {
  url: string;
  apiKey: string | undefined;
  model: string | undefined;
}

/** The accepted URLs of an agent, for the end of a message. */
export const agentUrls =
  '"offline:", "rules:FILE", "replay:FILE", "replay:FILE?pace=recorded" or the http(s) URL, without user and password, of an OpenAI-compatible API';

/** The API that a prefix of the scheme names, as in `openai-responses+http://127.0.0.1:8700/v1`. */
const apiPrefixes: ReadonlyMap<string, UpstreamApi> = new Map([
  ['openai-chat', 'chat-completions'],
  ['openai-responses', 'responses'],
  ['hermes', 'hermes'],
]);

/** Parses the URL of an agent. Returns `undefined` for any other URL. */
export function toAgentConfig({
  url,
  apiKey,
  model,
}: AgentFields): Exclude<AgentConfig, UpstreamConfig> | UpstreamBase | undefined {
  if (url === 'offline:') return { kind: 'offline' };
  if (url.startsWith('rules:'))
    return { kind: 'rules', file: url.slice('rules:'.length) || undefined, isStrict: false };
  if (url.startsWith('replay:')) return toReplay(url);
  const [, prefix, plain = url] = /^([a-z-]+)\+(https?:.*)$/is.exec(url) ?? [];
  const api = prefix === undefined ? undefined : apiPrefixes.get(prefix.toLowerCase());
  if (prefix !== undefined && api === undefined) return undefined;
  const parsed = URL.parse(plain);
  if (parsed?.protocol !== 'http:' && parsed?.protocol !== 'https:') return undefined;
  // They would be ignored: an agent is authenticated by its key.
  if (parsed.username !== '' || parsed.password !== '') return undefined;
  return { kind: 'upstream', api, url: plain.replace(/\/+$/, ''), apiKey, model };
}

/** Parses `replay:FILE` and `replay:FILE?pace=recorded`. */
function toReplay(url: string): Extract<AgentConfig, { kind: 'replay' }> | undefined {
  const [, file = '', query] = /^replay:(.*?)(?:\?([^?]*))?$/.exec(url) ?? [];
  const pace = query === undefined ? 'none' : /^pace=(none|recorded)$/.exec(query)?.[1];
  if (file === '' || pace === undefined) return undefined;
  return { kind: 'replay', file, pace: pace === 'recorded' ? pace : 'none' };
}
