import { readFileSync } from 'node:fs';

/** The contracts that define a name. */
export type Source = 'OpenAI' | 'Open Responses';

export interface IndexedOperation {
  method: 'get' | 'put' | 'post' | 'delete';
  /** Below `/v1`. */
  path: string;
  in: Source[];
  /** Fields of the body and parameters of the query, each with the contracts that define it. */
  body: Record<string, Source[]>;
  query: Record<string, Source[]>;
}

/** The names that the published contracts define. */
export interface ContractIndex {
  operations: IndexedOperation[];
  inputItems: Record<string, Source[]>;
  outputItems: Record<string, Source[]>;
  tools: Record<string, Source[]>;
  /** The types of a `tool_choice` object. */
  toolChoices: Record<string, Source[]>;
  events: Record<string, Source[]>;
  /** The contracts that define a WebSocket. */
  webSocket: Source[];
}

export const indexPath = new URL('contract-index.json', import.meta.url);

export function readIndex(): ContractIndex {
  return JSON.parse(readFileSync(indexPath, 'utf8'));
}
