import type { ApprovalRule, RequestedServer, ServerTool, ToolFilter } from '../../agent/loop/loop-request.ts';
import { limits } from '../../config/limits.ts';
import type { Schemas } from '../../contract/types.ts';
import { ApiError } from '../../errors/api-error.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { StoredItem } from '../../store/stored-item.ts';
import type { ResponsesDeps } from '../responses-deps.ts';
import type { SentTool, TurnItems } from './list-tools.ts';

type McpTool = Extract<Schemas['Tool'], { type: 'mcp' }>;

interface ServerContext extends TurnItems {
  tenant: string;
  /** Whether the agent speaks the Responses API. It reaches the servers with a URL itself. */
  speaksResponses: boolean;
}

/**
 * Returns the MCP servers that this server reaches for a turn. A later tool replaces an earlier one of the same label, of
 * an earlier turn. Throws an ApiError for a server that may not be used.
 */
export function findServers(
  tools: readonly SentTool[],
  { history, input, tenant, speaksResponses }: ServerContext,
  { mcpServers }: Pick<ResponsesDeps, 'mcpServers'>,
): RequestedServer[] {
  const servers = new Map<string, RequestedServer>();
  const sent = new Set<string>();
  const items = [...history, ...input];
  for (const { tool, param } of tools) {
    if (tool.type !== 'mcp') continue;
    const { server_label: label, server_url: url, connector_id: connector } = tool;
    // Clients that require a URL or a connector name a configured server as its own connector.
    const hasConnector = connector !== undefined && connector !== label;
    if (speaksResponses && (url || hasConnector)) continue;
    if (hasConnector && !url) throw noConnectors(`${param}.connector_id`);
    if (param !== 'input' && sent.has(label)) throw duplicate(label, `${param}.server_label`);
    if (param !== 'input') sent.add(label);
    if (!servers.has(label) && servers.size === limits.mcpServersOfRequest) throw tooMany(param);
    checkAuthorization(tool.authorization, `${param}.authorization`);
    const server = { ...toServer(tool), ...omitUndefined({ listed: findListed(label, items) }) };
    servers.set(label, mcpServers.admit(server, { tenant, param }));
  }
  return [...servers.values()];
}

function toServer(tool: McpTool): RequestedServer {
  const headers = toHeaders(tool);
  return {
    label: tool.server_label,
    ...omitUndefined({
      description: tool.server_description,
      url: tool.server_url,
      headers,
      allowed: tool.allowed_tools ? toSelection(tool.allowed_tools) : undefined,
    }),
    approval: toRule(tool.require_approval),
  };
}

function toHeaders({ headers, authorization }: McpTool): Record<string, string> | undefined {
  if (!headers && !authorization) return undefined;
  if (!authorization) return { ...headers };
  const others = Object.entries(headers ?? {}).filter(([name]) => name.toLowerCase() !== 'authorization');
  return { ...Object.fromEntries(others), authorization: `Bearer ${authorization}` };
}

/** It is sent in a header. The message omits the value, which is a secret. */
function checkAuthorization(token: McpTool['authorization'], param: string): void {
  if (!token || /^[\x21-\x7e]+$/.test(token)) return;
  throw new ApiError('invalid_value', 'Expected a token of visible ASCII characters.', { param });
}

const toSelection = (selection: NonNullable<McpTool['allowed_tools']>): ToolFilter =>
  Array.isArray(selection) ? { names: selection } : toFilter(selection);

const toFilter = ({ tool_names: names, read_only: readOnly }: Schemas['McpToolFilter']): ToolFilter =>
  omitUndefined({ names, readOnly });

/** OpenAI's default is `always`. */
function toRule(rule: McpTool['require_approval']): ApprovalRule {
  if (!rule || typeof rule === 'string') return rule ?? 'always';
  const { always, never } = rule;
  return omitUndefined({ always: always && toFilter(always), never: never && toFilter(never) });
}

/** Returns the tools of the last list of a server in the chain. */
function findListed(label: string, items: readonly StoredItem[]): ServerTool[] | undefined {
  const item = items.findLast(
    ({ type, server_label, error }) => type === 'mcp_list_tools' && server_label === label && !error,
  );
  return item && (item['tools'] as Schemas['McpToolDescription'][]).map(toServerTool);
}

function toServerTool(tool: Schemas['McpToolDescription']): ServerTool {
  const { name, description, input_schema: inputSchema, annotations } = tool;
  return { name, inputSchema, ...omitUndefined({ description, annotations }) };
}

function noConnectors(param: string): ApiError {
  const message =
    "Connectors are not supported by this server. Expected the 'server_url', or the label of a configured server.";
  return new ApiError('unsupported_value', message, { param });
}

function duplicate(label: string, param: string): ApiError {
  return new ApiError('invalid_value', `Duplicate MCP server label '${label}'. Expected one tool per server.`, {
    param,
  });
}

function tooMany(param: string): ApiError {
  const message = `Too many MCP servers. Expected at most ${limits.mcpServersOfRequest} in a request.`;
  return new ApiError('invalid_value', message, { param });
}
