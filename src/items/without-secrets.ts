import type { Schemas } from '../contract/types.ts';
import type { StoredItem } from '../store/stored-item.ts';

/** Returns a tool without the headers and the token for its MCP server. They are neither stored nor sent back. */
export function withoutToolSecrets<Tool extends Schemas['Tool'] | Schemas['ToolEcho']>(tool: Tool): Tool {
  if (tool.type !== 'mcp') return tool;
  const { headers: _headers, authorization: _authorization, ...rest } = tool;
  return rest as Tool;
}

/** Returns an item without the secrets of the tools that it declares. */
export function withoutSecrets(item: StoredItem): StoredItem {
  const { type, tools } = item;
  if (type !== 'additional_tools' && type !== 'tool_search_output') return item;
  // The item was validated when it was received.
  return { ...item, tools: (tools as Schemas['Tool'][]).map(withoutToolSecrets) };
}
