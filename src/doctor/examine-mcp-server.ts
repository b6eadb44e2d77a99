import { needsApproval } from '../agent/loop/needs-approval.ts';
import { McpServers } from '../agent/mcp/mcp-servers.ts';
import type { McpConfig } from '../config/mcp/mcp-config.ts';
import { ApiError } from '../errors/api-error.ts';
import { type Finding, fail, note, pass } from './finding.ts';

interface ExamineMcpOptions {
  timeoutMs: number;
  version: string;
}

/** Examines one MCP server of the configuration: whether it can be reached, and what its tools can be used for. */
export async function examineMcpServer(
  label: string,
  config: McpConfig,
  { timeoutMs, version }: ExamineMcpOptions,
): Promise<Finding[]> {
  const written = new LastLine();
  await using servers = new McpServers(config, { version, log: written });
  await using session = servers.of('').open();
  const approval = config.servers.get(label)?.approval ?? 'always';
  try {
    const tools = await session.list({ label, approval }, AbortSignal.timeout(timeoutMs));
    const asking = tools.filter((tool) => needsApproval(approval, tool)).map(({ name }) => name);
    const names = tools.map(({ name }) => name);
    return [
      pass('reachable', 'answers'),
      toToolFinding(names, asking),
      ...checkAgents(label, config),
      ...checkHosted(label, names, config),
    ];
  } catch (error) {
    return [fail('reachable', `${ApiError.from(error).message}${written.text}`, `check mcp_servers.${label}`)];
  }
}

function toToolFinding(names: readonly string[], asking: readonly string[]): Finding {
  if (names.length === 0) return note('tools', 'lists no tools');
  const count = names.length === 1 ? '1 tool' : `${names.length} tools`;
  if (asking.length === 0) return pass('tools', count);
  return note('tools', `${count}; with approval, and not in chats: ${asking.join(', ')}`);
}

function checkAgents(label: string, { ofAgents }: McpConfig): Finding[] {
  const isOffered = [...ofAgents.values()].some((labels) => labels.includes(label));
  if (isOffered) return [];
  return [
    note(
      'agents',
      'offered by no agent: only requests that name it have its tools',
      `add "${label}" to mcp_servers of an agent`,
    ),
  ];
}

/** A hosted tool whose MCP tool is missing would be omitted from every request. */
function checkHosted(label: string, names: readonly string[], { hosted }: McpConfig): Finding[] {
  return [...hosted].flatMap(([type, { server, tool }]) => {
    if (server !== label || names.includes(tool)) return [];
    const remedy = `set hosted_tools.${type} to one of: ${names.map((name) => `${label}/${name}`).join(', ')}`;
    return [fail('hosted', `${type} is mapped to "${tool}", which it does not list`, remedy)];
  });
}

/** Keeps the last line that a server wrote to standard error: it often says why the server ended. */
class LastLine {
  text = '';

  debug(details: object): void {
    if ('line' in details) this.text = ` It wrote: ${details.line}`;
  }

  info(): void {}

  warn(): void {}
}
