import { readHeaders } from '../agent/read-headers.ts';
import type { ConfigNode } from '../file/config-node.ts';
import { readTenants } from '../file/read-tenants.ts';
import { limits } from '../limits.ts';
import type { McpApprovalRule, McpEndpoint, McpProgram, McpServerConfig } from './mcp-config.ts';

/** The separator of a label and a tool in the names that models see. */
const separator = '__';

/** Reads the setting `mcp_servers`. `tenants`: the names that the file defines; `undefined`: any name. */
export function readMcpServers(
  node: ConfigNode,
  tenants: readonly string[] | undefined,
): ReadonlyMap<string, McpServerConfig> {
  return new Map(
    [...node.named()].map(([label, server]) => {
      if (!isLabel(label)) server.fail(labelRule);
      return [label, readServer(server, tenants)] as const;
    }),
  );
}

/** Reads the labels of the servers that an agent offers. Each must be defined. */
export function readLabels(
  source: { texts(): string[]; fail(complaint: string): never },
  known: ReadonlyMap<string, unknown>,
): string[] {
  const labels = [...new Set(source.texts())];
  const unknown = labels.find((label) => !known.has(label));
  if (unknown === undefined) return labels;
  const expected = known.size === 0 ? 'mcp_servers defines none' : `expected some of: ${[...known.keys()].join(', ')}`;
  return source.fail(`unknown MCP server "${unknown}"; ${expected}`);
}

function readServer(node: ConfigNode, tenants: readonly string[] | undefined): McpServerConfig {
  const settings = node.settings(
    'command',
    'args',
    'env',
    'cwd',
    'url',
    'headers',
    'description',
    'allowed_tools',
    'require_approval',
    'timeout',
    'rerun',
    'tenants',
  );
  return {
    reach: readReach(node, settings),
    description: settings.description?.text(),
    allowedTools: settings.allowed_tools?.texts(),
    approval: settings.require_approval ? readApproval(settings.require_approval) : 'never',
    timeoutMs: settings.timeout?.duration() ?? limits.mcpCallMs,
    rerun: settings.rerun ? readRerun(settings.rerun) : 'safe',
    tenants: settings.tenants && readTenants(settings.tenants, tenants),
  };
}

type Settings = Partial<Record<'command' | 'args' | 'env' | 'cwd' | 'url' | 'headers', ConfigNode>>;

function readReach(node: ConfigNode, { command, args, env, cwd, url, headers }: Settings): McpProgram | McpEndpoint {
  if (command && url) return url.fail('must not be set beside command: a server has one of them');
  if (url) {
    for (const other of [args, env, cwd]) other?.fail('applies only to a server with a command');
    return { kind: 'http', url: readUrl(url), headers: headers ? readHeaders(headers) : {} };
  }
  if (!command) return node.fail('command or url is required');
  headers?.fail('applies only to a server with a url');
  return {
    kind: 'stdio',
    command: command.text(),
    args: args?.texts() ?? [],
    env: env ? readVariables(env) : {},
    cwd: cwd?.text(),
  };
}

function readUrl(node: ConfigNode): string {
  const url = URL.parse(node.text());
  const isHttp = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (!url || !isHttp || url.username !== '' || url.password !== '') {
    return node.fail('must be an http(s) URL without user and password; use headers for a key');
  }
  return url.href;
}

function readVariables(node: ConfigNode): Record<string, string> {
  const variables = Object.entries(node.object()).map(([name, value]) =>
    typeof value === 'string' ? ([name, value] as const) : node.fail(`the value of "${name}" must be a string`),
  );
  return Object.fromEntries(variables);
}

/** With `always` alone, the other tools need no approval; with `never`, all others need it. */
function readApproval(node: ConfigNode): McpApprovalRule {
  if (node.isMapping) {
    const { always, never } = node.settings('always', 'never');
    if (!always && !never) node.fail('must have always, never or both');
    return {
      ...(always ? { always: { names: always.texts() } } : {}),
      never: never ? { names: never.texts() } : {},
    };
  }
  const text = node.text();
  if (text === 'always' || text === 'never') return text;
  return node.fail('must be always, never, or a mapping with always or never');
}

function readRerun(node: ConfigNode): McpServerConfig['rerun'] {
  const text = node.text();
  if (text === 'safe' || text === 'always' || text === 'never') return text;
  return node.fail('must be one of: safe, always, never');
}

const labelRule =
  'a label has at most 64 letters, digits, "_" and "-", begins with a letter or digit, and does not contain "__"';

const isLabel = (text: string): boolean => /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(text) && !text.includes(separator);
