import { readFileSync } from 'node:fs';

/** The contracts that a name stands in. */
export type Source = 'OpenAI' | 'Open Responses';

export interface IndexedOperation {
  method: 'get' | 'post' | 'delete';
  /** Below `/v1`. */
  path: string;
  in: Source[];
  /** Fields of the body and parameters of the query, each with where it stands. */
  body: Record<string, Source[]>;
  query: Record<string, Source[]>;
}

/** What the published contracts name, and nothing else of them. */
export interface ContractIndex {
  operations: IndexedOperation[];
  inputItems: Record<string, Source[]>;
  outputItems: Record<string, Source[]>;
  tools: Record<string, Source[]>;
  /** What `tool_choice` may name, by its `type`. */
  toolChoices: Record<string, Source[]>;
  events: Record<string, Source[]>;
  /** Who has responses over a WebSocket. */
  webSocket: Source[];
}

export const indexPath = new URL('contract-index.json', import.meta.url);

export function readIndex(): ContractIndex {
  return JSON.parse(readFileSync(indexPath, 'utf8'));
}
