export type AgentConfig =
  | { kind: 'offline' }
  | { kind: 'replay'; file: string; pace: 'none' | 'recorded' }
  | { kind: 'chat-completions'; url: string; apiKey: string | undefined; model: string | undefined };

interface AgentFields {
  url: string;
  apiKey: string | undefined;
  model: string | undefined;
}

/** What an agent's address may be, for the end of a sentence. */
export const agentUrls =
  'neither "offline:", "replay:FILE" (or "replay:FILE?pace=recorded") nor the http(s) address, without user and password, of an OpenAI-compatible API';

/** `undefined` when the address is no agent's. */
export function toAgentConfig({ url, apiKey, model }: AgentFields): AgentConfig | undefined {
  if (url === 'offline:') return { kind: 'offline' };
  if (url.startsWith('replay:')) return toReplay(url);
  const parsed = URL.parse(url);
  if (parsed?.protocol !== 'http:' && parsed?.protocol !== 'https:') return undefined;
  // They would not be sent: an agent is shown a key.
  if (parsed.username !== '' || parsed.password !== '') return undefined;
  return { kind: 'chat-completions', url: url.replace(/\/+$/, ''), apiKey, model };
}

/** `replay:FILE`, or `replay:FILE?pace=recorded`. */
function toReplay(url: string): AgentConfig | undefined {
  const [, file = '', query] = /^replay:(.*?)(?:\?([^?]*))?$/.exec(url) ?? [];
  const pace = query === undefined ? 'none' : /^pace=(none|recorded)$/.exec(query)?.[1];
  if (file === '' || pace === undefined) return undefined;
  return { kind: 'replay', file, pace: pace === 'recorded' ? pace : 'none' };
}
