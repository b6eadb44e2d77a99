import type { Schemas } from '../../contract/types.ts';
import type { StoredItem } from '../../store/stored-item.ts';
import type { ResponseRequest } from '../responses-deps.ts';

type Tool = Schemas['Tool'];

/** A tool as the client sent it. */
export interface SentTool {
  tool: Tool;
  /** Its path, for errors. Tools of the history have the path `input`. */
  param: string;
}

export interface TurnItems {
  history: readonly StoredItem[];
  input: readonly StoredItem[];
}

/** Returns the tools of `additional_tools` items and those of the request. */
export function listTools({ tools }: Pick<ResponseRequest, 'tools'>, { history, input }: TurnItems): SentTool[] {
  return [
    ...history.flatMap(toAdditional).map((tool) => ({ tool, param: 'input' })),
    ...input.flatMap((item, index) => at(`input[${index}].tools`, toAdditional(item))),
    ...at('tools', tools ?? []),
  ];
}

const at = (path: string, tools: readonly Tool[]): SentTool[] =>
  tools.map((tool, index) => ({ tool, param: `${path}[${index}]` }));

/** The item was validated when it was received. */
const toAdditional = (item: StoredItem): Tool[] =>
  item['type'] === 'additional_tools' ? (item['tools'] as Tool[]) : [];
