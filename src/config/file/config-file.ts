import { readAgent } from '../agent/read-agent.ts';
import { settingNames } from '../agent/read-settings.ts';
import { ConfigError } from '../config-error.ts';
import type { Variables } from '../env.ts';
import { isKeyHash } from '../hash-key.ts';
import { isKeyText, keyTextRule } from '../key-text.ts';
import type { McpServerConfig, McpToolPath } from '../mcp/mcp-config.ts';
import { readHostedTools } from '../mcp/read-hosted-tools.ts';
import { readLabels, readMcpServers } from '../mcp/read-mcp-servers.ts';
import { defaultTenant, type KeyConfig, type TenantSettings } from '../tenant-settings.ts';
import { type AgentConfig, agentUrls } from '../to-agent-config.ts';
import { readWebhooks } from '../webhooks/read-webhooks.ts';
import type { WebhookEndpoint } from '../webhooks/webhook-config.ts';
import { ConfigNode } from './config-node.ts';
import { parseYaml, toValue } from './parse-yaml.ts';
import { readFileText } from './read-file-text.ts';

/** The validated configuration file. */
export interface ConfigFile {
  /** Its path, as messages show it. */
  name: string;
  /** In file order, the default first; never empty. `undefined`: the file defines none. */
  agents: ReadonlyMap<string, AgentConfig> | undefined;
  /** By label. */
  mcpServers: ReadonlyMap<string, McpServerConfig>;
  /** The labels of the servers that each agent of the file offers. */
  mcpServersOfAgents: ReadonlyMap<string, readonly string[]>;
  /** The MCP tools that stand for hosted tools, by the names of those. */
  hostedTools: ReadonlyMap<string, McpToolPath>;
  /** By name. */
  webhooks: ReadonlyMap<string, WebhookEndpoint>;
  /** Without `retentionSeconds` where the server's default applies. */
  tenants: ReadonlyMap<string, Partial<TenantSettings>>;
  keys: readonly KeyConfig[] | undefined;
}

/** The default path; the file is optional there. */
export const defaultConfigFile = 'talaria.yaml';
/** The name of the agent that the environment configures. */
export const defaultAgent = 'default';
export const maxRetentionDays = 36_500;
const daySeconds = 86_400;
const anyNumber = { min: 1, max: Number.MAX_SAFE_INTEGER };

/** Returns `undefined` for 0 days: no expiry. */
export const toRetentionSeconds = (days: number): number | undefined => (days === 0 ? undefined : days * daySeconds);

/**
 * Reads and validates the named file, or the default one if it exists. Throws a ConfigError with the path of the first
 * invalid setting.
 */
export function readConfigFile(name: string | undefined, variables: Variables): ConfigFile | undefined {
  const file = name ?? defaultConfigFile;
  const text = readFileText(file);
  if (text !== undefined) {
    const value = toValue(file, parseYaml(file, text));
    return toConfigFile(new ConfigNode(value, { file, path: '', variables }), file);
  }
  if (name !== undefined) throw new ConfigError(`TALARIA_CONFIG=${name}: the file does not exist.`);
  return undefined;
}

function toConfigFile(root: ConfigNode, name: string): ConfigFile {
  const {
    agents: agentsNode,
    mcp_servers: serversNode,
    hosted_tools: hostedNode,
    webhooks: webhooksNode,
    tenants: tenantsNode,
    keys: keysNode,
  } = root.isEmpty ? {} : root.settings('agents', 'mcp_servers', 'hosted_tools', 'webhooks', 'tenants', 'keys');
  const agents = agentsNode && toAgents(agentsNode);
  const agentNames = agents ? [...agents.keys()] : [defaultAgent];
  const entries = [...(tenantsNode?.named() ?? [])];
  const tenants = new Map(entries.map(([tenant, node]) => [tenant, toTenant(node, agentNames)] as const));
  const tenantNames = tenantsNode ? [defaultTenant, ...tenants.keys()] : undefined;
  const mcpServers = serversNode ? readMcpServers(serversNode, tenantNames) : new Map();
  return {
    name,
    agents,
    mcpServers,
    mcpServersOfAgents: toAgentServers(agentsNode, mcpServers),
    hostedTools: hostedNode ? readHostedTools(hostedNode, mcpServers) : new Map(),
    webhooks: webhooksNode ? readWebhooks(webhooksNode, tenantNames) : new Map(),
    tenants,
    keys: keysNode && toKeys(keysNode, tenantNames),
  };
}

function toAgents(node: ConfigNode): Map<string, AgentConfig> {
  const agents = new Map([...node.named()].map(([name, agent]) => [name, toAgent(agent)] as const));
  return agents.size > 0 ? agents : node.fail('must define at least one agent');
}

const agentSettings = ['url', 'api_key', 'model', 'mcp_servers', ...settingNames] as const;

/** Reads the setting `mcp_servers` of each agent. */
function toAgentServers(
  node: ConfigNode | undefined,
  servers: ReadonlyMap<string, McpServerConfig>,
): ReadonlyMap<string, readonly string[]> {
  const agents = [...(node?.named() ?? [])];
  return new Map(
    agents.map(([name, agent]) => {
      const { mcp_servers: labels } = agent.settings(...agentSettings);
      return [name, labels ? readLabels(labels, servers) : []] as const;
    }),
  );
}

function toAgent(node: ConfigNode): AgentConfig {
  const { url, api_key, model, mcp_servers: _ofLoop, ...sources } = node.settings(...agentSettings);
  if (!url) return node.fail('url is required');
  const apiKey = api_key?.text();
  if (apiKey !== undefined && !isKeyText(apiKey)) api_key?.fail(keyTextRule);
  return readAgent({ url: url.text(), apiKey, model: model?.text() }, sources) ?? url.fail(`expected ${agentUrls}`);
}

function toTenant(node: ConfigNode, agentNames: readonly string[]): Partial<TenantSettings> {
  if (node.isEmpty) return {};
  const {
    agents,
    retention_days: days,
    limits,
    approve,
  } = node.settings('agents', 'retention_days', 'limits', 'approve');
  const {
    runs,
    requests_per_minute: rate,
    tokens_per_minute: minuteTokens,
    tokens_per_day: dayTokens,
    storage_bytes: storage,
  } = limits?.settings('runs', 'requests_per_minute', 'tokens_per_minute', 'tokens_per_day', 'storage_bytes') ?? {};
  return {
    ...(days ? { retentionSeconds: toRetentionSeconds(days.integer({ min: 0, max: maxRetentionDays })) } : {}),
    ...(approve ? { approve: toApprove(approve) } : {}),
    agents: agents && toAgentNames(agents, agentNames),
    limits: {
      runs: runs?.integer({ min: 1, max: 1_000_000 }),
      requestsPerMinute: rate?.integer({ min: 1, max: 1_000_000 }),
      tokensPerMinute: minuteTokens?.integer(anyNumber),
      tokensPerDay: dayTokens?.integer(anyNumber),
      storageBytes: storage?.integer(anyNumber),
    },
  };
}

function toApprove(node: ConfigNode): 'client' | 'operator' {
  const text = node.text();
  return text === 'client' || text === 'operator' ? text : node.fail('expected "client" or "operator"');
}

function toAgentNames(node: ConfigNode, known: readonly string[]): string[] {
  const names = node.list().map((entry) => {
    const name = entry.name();
    return known.includes(name) ? name : entry.fail(`unknown agent "${name}"; expected one of: ${known.join(', ')}`);
  });
  if (names.length === 0) node.fail('must name at least one agent; omit it to allow all');
  return [...new Set(names)];
}

/** With tenants in the file, a key must name one of them: a typo must not create a tenant without limits. */
function toKeys(node: ConfigNode, tenants: readonly string[] | undefined): KeyConfig[] {
  const seen = new Set<string>();
  return node.list().map((entry) => {
    const { name, tenant, hash, added, role } = entry.settings('name', 'tenant', 'hash', 'added', 'role');
    if (!name) return entry.fail('name is required');
    if (!hash) return entry.fail('hash is required; `talaria keys create` creates a key and its hash');
    added?.text();
    if (role && role.text() !== 'operator') role.fail('expected "operator"');
    const operator = role ? { isOperator: true, ...(tenant ? {} : { operatesServer: true }) } : {};
    const key = { name: name.name(), tenant: tenant?.name() ?? defaultTenant, hash: hash.text(), ...operator };
    if (!isKeyHash(key.hash))
      hash.fail('must be "sha256:" and 64 hexadecimal digits, as `talaria keys create` writes it');
    if (tenants && !tenants.includes(key.tenant)) tenant?.fail(`tenants does not define "${key.tenant}"`);
    if (seen.has(key.name)) name.fail(`duplicate key name "${key.name}"`);
    if (seen.has(key.hash)) hash.fail('duplicate hash');
    seen.add(key.name).add(key.hash);
    return key;
  });
}
