export type AgentConfig =
  | { kind: 'offline' }
  | { kind: 'chat-completions'; url: string; apiKey: string | undefined; model: string | undefined };

interface AgentFields {
  url: string;
  apiKey: string | undefined;
  model: string | undefined;
}

/** What an agent's address may be, for the end of a sentence. */
export const agentUrls = 'neither "offline:" nor the http(s) address of an OpenAI-compatible API';

/** `undefined` when the address is no agent's. */
export function toAgentConfig({ url, apiKey, model }: AgentFields): AgentConfig | undefined {
  if (url === 'offline:') return { kind: 'offline' };
  const parsed = URL.parse(url);
  if (parsed?.protocol !== 'http:' && parsed?.protocol !== 'https:') return undefined;
  return { kind: 'chat-completions', url: url.replace(/\/+$/, ''), apiKey, model };
}
