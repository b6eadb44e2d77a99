import type { Schemas } from '../../contract/types.ts';
import { ApiError } from '../../errors/api-error.ts';
import type { StoredItem } from '../../store/stored-item.ts';
import type { ToolSet } from '../../tools/tool-set.ts';
import type { ResponseRequest, ResponsesDeps } from '../responses-deps.ts';
import { checkParameters } from './check-parameters.ts';
import { toToolSet } from './to-tool-set.ts';

type Tool = Schemas['Tool'];

export interface FoundTools {
  /** The tools that the client runs. */
  set: ToolSet;
  /** All tools of the turn, as the client sent them. */
  sent: Tool[];
  /** Whether the agent is offered tools that it runs itself. */
  hasHosted: boolean;
}

interface ToolContext {
  history: readonly StoredItem[];
  input: readonly StoredItem[];
  /** Whether the agent speaks the Responses API. It is offered the tools of all types. */
  speaksResponses: boolean;
}

/** Returns the tools of the request and those of `additional_tools` items. */
export function findTools(
  request: ResponseRequest,
  { history, input, speaksResponses }: ToolContext,
  deps: Pick<ResponsesDeps, 'schemaBytes' | 'log'>,
): FoundTools {
  const items = [...history, ...input];
  const additional = items.flatMap(toAdditional);
  const found = speaksResponses ? [] : items.flatMap(toFound);
  const { schemaBytes: bytes } = deps;
  for (const tool of [...additional, ...found]) checkParameters(tool, { param: 'input', bytes });
  for (const [index, tool] of (request.tools ?? []).entries()) {
    checkParameters(tool, { param: `tools[${index}]`, bytes });
  }
  const sent = [...additional, ...(request.tools ?? [])];
  const { set, unsupported } = toToolSet(sent, { found, speaksResponses });
  if (!speaksResponses && unsupported.length > 0) deps.log.warn({ tools: unsupported }, 'omitted unsupported tools');
  return { set, sent, hasHosted: speaksResponses && unsupported.length > 0 };
}

/**
 * Throws `unsupported_value` for the tools of an MCP server. Clients send other hosted tools by default; this one is
 * what they ask for, and a confident answer without it is worse than an error.
 */
export function refuseMcp(request: Pick<ResponseRequest, 'tools'>, input: readonly StoredItem[]): void {
  refuseIn(request.tools ?? [], 'tools');
  for (const [index, item] of input.entries()) refuseIn(toAdditional(item), `input[${index}].tools`);
}

function refuseIn(tools: readonly Tool[], list: string): void {
  const index = tools.findIndex((tool) => tool.type === 'mcp');
  if (index < 0) return;
  const message =
    "Tools of type 'mcp' are not supported by the agent of this model. They need an agent that speaks the Responses API.";
  throw new ApiError('unsupported_value', message, { param: `${list}[${index}]` });
}

/** The item was validated when it was received. */
const toAdditional = (item: StoredItem): Tool[] =>
  item['type'] === 'additional_tools' ? (item['tools'] as Tool[]) : [];

/** Returns the tools that a search of the client's found. An agent that speaks the Responses API reads them in the item. */
const toFound = (item: StoredItem): Tool[] =>
  item['type'] === 'tool_search_output' && item['execution'] === 'client' ? (item['tools'] as Tool[]) : [];
