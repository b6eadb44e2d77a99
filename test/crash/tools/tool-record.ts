import { existsSync, readFileSync } from 'node:fs';

/** `append` and `guarded` must not run twice; `guarded` needs approval. `read` and `put` may run again. */
export const toolNames = ['append', 'guarded', 'read', 'put'] as const;

export type ToolName = (typeof toolNames)[number];

/** One execution of a tool. It is also the text of its result. */
export interface ToolRecord {
  tool: ToolName;
  /** Names the call: each has its own. */
  token: string;
  /** Names the execution. */
  run: string;
}

export const runsOnce = (tool: ToolName): boolean => tool === 'append' || tool === 'guarded';

export const toRecord = ({ tool, token, run }: ToolRecord): string => `${tool} ${token} ${run}`;

/** Returns the record of a text; `undefined`: it is another text, such as an error. */
export function readRecord(text: string): ToolRecord | undefined {
  const [name, token, run, ...others] = text.split(' ');
  const tool = toolNames.find((known) => known === name);
  return tool && token && run && others.length === 0 ? { tool, token, run } : undefined;
}

/** Reads the file of the ledger server: the executions of each call, in their order. */
export function readLedger(file: string): Map<string, ToolRecord[]> {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const lines = text.split('\n').slice(0, -1);
  return Map.groupBy(
    lines.map((line) => {
      const record = readRecord(line);
      if (!record) throw new Error(`The ledger has the line "${line}".`);
      return record;
    }),
    ({ token }) => token,
  );
}
