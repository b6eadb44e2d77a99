import type { Schemas } from '../contract/types.ts';
import type { StoredItem } from '../store/stored-item.ts';

/**
 * Returns a tool without the headers, the token and the query of the URL for its MCP server: some servers take their key
 * in the query. They are neither stored nor sent back.
 */
export function withoutToolSecrets<Tool extends Schemas['Tool'] | Schemas['ToolEcho']>(tool: Tool): Tool {
  if (tool.type !== 'mcp') return tool;
  const { headers: _headers, authorization: _authorization, server_url: url, ...rest } = tool;
  return { ...rest, ...(url === undefined ? {} : { server_url: url.replace(/\?.*$/s, '') }) } as Tool;
}

/** Returns an item without the secrets of the tools that it declares. */
export function withoutSecrets(item: StoredItem): StoredItem {
  const { type, tools } = item;
  if (type !== 'additional_tools' && type !== 'tool_search_output') return item;
  // The item was validated when it was received.
  return { ...item, tools: (tools as Schemas['Tool'][]).map(withoutToolSecrets) };
}
