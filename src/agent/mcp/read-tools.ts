import type { Client } from '@modelcontextprotocol/client';
import { limits } from '../../config/limits.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { ServerTool } from '../loop/loop-request.ts';

export interface ToolList {
  tools: readonly ServerTool[];
  /** Tools that are omitted, because they are too large or too many. */
  omitted: number;
}

/** Reads all pages of a server's list. Its size is bounded; further tools are omitted. */
export async function readTools(client: Client, signal: AbortSignal): Promise<ToolList> {
  if (!client.getServerCapabilities()?.tools) return { tools: [], omitted: 0 };
  const tools: ServerTool[] = [];
  let omitted = 0;
  let listBytes = 0;
  let cursor: string | undefined;
  for (let page = 0; page < limits.mcpListPages; page++) {
    const params = omitUndefined({ cursor });
    const list = await client.request({ method: 'tools/list', params }, { signal, timeout: limits.mcpListMs });
    for (const tool of list.tools) {
      const own = toServerTool(tool);
      const bytes = Buffer.byteLength(JSON.stringify(own));
      const fits = bytes <= limits.mcpToolBytes && listBytes + bytes <= limits.mcpListBytes;
      if (fits && tools.length < limits.mcpTools) {
        tools.push(own);
        listBytes += bytes;
      } else {
        omitted += 1;
      }
    }
    if (list.nextCursor === undefined || list.nextCursor === cursor) break;
    cursor = list.nextCursor;
  }
  return { tools, omitted };
}

type ListedTool = Awaited<ReturnType<Client['listTools']>>['tools'][number];

function toServerTool({ name, description, inputSchema, annotations }: ListedTool): ServerTool {
  return { name, inputSchema, ...omitUndefined({ description, annotations: annotations && { ...annotations } }) };
}
