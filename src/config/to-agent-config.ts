export type AgentConfig =
  | { kind: 'offline' }
  | { kind: 'replay'; file: string; pace: 'none' | 'recorded' }
  | { kind: 'chat-completions'; url: string; apiKey: string | undefined; model: string | undefined };

interface AgentFields {
  url: string;
  apiKey: string | undefined;
  model: string | undefined;
}

/** The accepted URLs of an agent, for the end of a message. */
export const agentUrls =
  '"offline:", "replay:FILE", "replay:FILE?pace=recorded" or the http(s) URL, without user and password, of an OpenAI-compatible API';

/** Parses the URL of an agent. Returns `undefined` for any other URL. */
export function toAgentConfig({ url, apiKey, model }: AgentFields): AgentConfig | undefined {
  if (url === 'offline:') return { kind: 'offline' };
  if (url.startsWith('replay:')) return toReplay(url);
  const parsed = URL.parse(url);
  if (parsed?.protocol !== 'http:' && parsed?.protocol !== 'https:') return undefined;
  // They would be ignored: an agent is authenticated by its key.
  if (parsed.username !== '' || parsed.password !== '') return undefined;
  return { kind: 'chat-completions', url: url.replace(/\/+$/, ''), apiKey, model };
}

/** Parses `replay:FILE` and `replay:FILE?pace=recorded`. */
function toReplay(url: string): AgentConfig | undefined {
  const [, file = '', query] = /^replay:(.*?)(?:\?([^?]*))?$/.exec(url) ?? [];
  const pace = query === undefined ? 'none' : /^pace=(none|recorded)$/.exec(query)?.[1];
  if (file === '' || pace === undefined) return undefined;
  return { kind: 'replay', file, pace: pace === 'recorded' ? pace : 'none' };
}
