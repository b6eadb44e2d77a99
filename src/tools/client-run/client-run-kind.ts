import type { AgentTool } from '../agent-tool.ts';

/** JSON of a tool or an item, in the form of the contract. It was validated when it was received. */
export type Fields = Readonly<Record<string, unknown>>;

/** A type of tool that the client runs and whose items have a shape of their own. Agents without it see a function. */
export interface ClientRunKind<Call extends { type: string }> {
  /** Returns the function that stands for the tool. */
  toFunction(tool: Fields): Omit<AgentTool, 'name'>;
  /** Returns the fields of a call for the arguments that the model wrote; `undefined` when they do not fit. */
  toCall(args: Fields): Call | undefined;
  /** Returns the arguments of the function for a call. */
  toArguments(call: Fields): Fields;
  /** Returns what the model reads of an output. */
  toResult(output: Fields): string;
}

/** A JSON Schema of an object that has no other properties. */
export function objectSchema(properties: Fields, required: readonly string[]): Record<string, unknown> {
  return { type: 'object', properties, required, additionalProperties: false };
}

export const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** Whether a value is a list of texts with at least one. */
export const isTextList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length > 0 && value.every((entry) => typeof entry === 'string');

/** Returns a positive number as an integer; `null` for anything else. */
export const toLimit = (value: unknown): number | null =>
  typeof value === 'number' && value >= 1 ? Math.floor(value) : null;
