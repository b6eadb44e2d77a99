import type { Schemas } from '../../contract/types.ts';
import type { StoredItem } from '../../store/stored-item.ts';
import type { ToolSet } from '../../tools/tool-set.ts';
import type { ResponsesDeps } from '../responses-deps.ts';
import { checkParameters } from './check-parameters.ts';
import type { SentTool, TurnItems } from './list-tools.ts';
import { toToolSet } from './to-tool-set.ts';

type Tool = Schemas['Tool'];

export interface FoundTools {
  /** The tools that the client runs. */
  set: ToolSet;
  /** All tools of the turn, as the client sent them. */
  sent: readonly Tool[];
  /** Hosted tools that the configuration maps to MCP tools. */
  hosted: readonly Tool[];
  /** Whether the agent is offered tools that it runs itself. */
  hasHosted: boolean;
}

interface ToolContext extends TurnItems {
  /** Whether the agent speaks the Responses API. It is offered the tools of all types. */
  speaksResponses: boolean;
}

/** Returns the tools of a turn. */
export function findTools(
  tools: readonly SentTool[],
  { history, input, speaksResponses }: ToolContext,
  deps: Pick<ResponsesDeps, 'schemaBytes' | 'log' | 'mcpServers'>,
): FoundTools {
  const found = speaksResponses ? [] : [...history, ...input].flatMap(toFound);
  const { schemaBytes: bytes } = deps;
  for (const tool of found) checkParameters(tool, { param: 'input', bytes });
  for (const { tool, param } of tools) checkParameters(tool, { param, bytes });
  const sent = tools.map(({ tool }) => tool);
  const { set, unsupported } = toToolSet(sent, { found, speaksResponses });
  const hosted = unsupported.filter(({ type }) => deps.mcpServers.mapsHosted(type));
  const omitted = unsupported.flatMap((tool) => (tool.type === 'mcp' || hosted.includes(tool) ? [] : tool.type));
  if (!speaksResponses && omitted.length > 0)
    deps.log.warn({ tools: omitted }, 'omitted hosted tools that are not mapped to MCP tools');
  return { set, sent, hosted, hasHosted: speaksResponses && unsupported.length > 0 };
}

/** Returns the tools that a search of the client's found. An agent that speaks the Responses API reads them in the item. */
const toFound = (item: StoredItem): Tool[] =>
  item['type'] === 'tool_search_output' && item['execution'] === 'client' ? (item['tools'] as Tool[]) : [];
