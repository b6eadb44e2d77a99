import { type AgentConfig, toAgentConfig } from '../to-agent-config.ts';
import { defaultUpstreamSettings, type UpstreamSettings } from '../upstream-settings.ts';
import { readApi, type SettingName, type SettingSources, settingReaders } from './read-settings.ts';
import type { SettingSource } from './setting-source.ts';

/** The settings that only some kinds of agents have. */
type KindSources = Omit<SettingSources, 'max_iterations'>;

export interface AgentBase {
  url: string;
  apiKey: string | undefined;
  model: string | undefined;
}

/**
 * Reads an agent with its settings. Returns `undefined` for an invalid URL. Throws a ConfigError with the location of an
 * invalid setting, and of one that does not fit the others.
 */
export function readAgent(base: AgentBase, { max_iterations, ...sources }: SettingSources): AgentConfig | undefined {
  const agent = readKind(base, sources);
  return agent && max_iterations ? { ...agent, maxIterations: max_iterations.integer({ min: 1, max: 10_000 }) } : agent;
}

function readKind(base: AgentBase, { api: apiSource, ...sources }: KindSources): AgentConfig | undefined {
  const agent = toAgentConfig(base);
  if (agent?.kind !== 'upstream') {
    const [first] = [apiSource, ...Object.values(sources)].filter((source) => source !== undefined);
    return agent && first ? first.fail('applies only to an agent behind an HTTP API') : agent;
  }
  const api = apiSource && readApi(apiSource);
  const own = agent.api;
  if (api && own && own !== api) apiSource?.fail(`contradicts the scheme of the URL, which means "${own}"`);
  const settings = readSettings(sources);
  checkTogether(base, settings, sources);
  return { ...agent, api: api ?? own ?? 'chat-completions', settings };
}

function readSettings(sources: Partial<Record<SettingName, SettingSource>>): UpstreamSettings {
  const settings: UpstreamSettings = { ...defaultUpstreamSettings };
  for (const name of Object.keys(settingReaders) as SettingName[]) {
    const source = sources[name];
    if (source) Object.assign(settings, settingReaders[name](source));
  }
  return settings;
}

function checkTogether({ apiKey, model }: AgentBase, settings: UpstreamSettings, sources: SettingSources): void {
  const hasAuthorization = Object.keys(settings.headers).some((name) => name.toLowerCase() === 'authorization');
  if (apiKey !== undefined && hasAuthorization) {
    sources.headers?.fail('must not contain "Authorization" beside the key of the agent');
  }
  if (model !== undefined) sources.models?.fail('must not be set beside a model, which is then the only one');
}
