import { withExactNumbers } from '../json/exact-numbers.ts';
import { omitUndefined } from '../json/omit-undefined.ts';
import { type ClientRunType, toFunction } from './client-run/client-run-kinds.ts';
import { fromCustomTool } from './custom-tool.ts';
import { toFlatName } from './flat-name.ts';
import type { ToolSet } from './tool-set.ts';

export interface FunctionDefinition {
  name: string;
  async?: boolean | undefined;
  description?: string | null | undefined;
  parameters?: Record<string, unknown> | null | undefined;
  strict?: boolean | null | undefined;
}

export interface CustomDefinition {
  name: string;
  async?: boolean | undefined;
  description?: string | null | undefined;
  /** `undefined`: the input is any text. */
  grammar: { syntax: string; definition: string } | undefined;
}

/** Adds a function of the client, or of a namespace of the client's. */
export function addFunction(set: ToolSet, definition: FunctionDefinition, namespace?: string): void {
  const { name, description, parameters, strict, async: isAsync } = definition;
  const agentTool = {
    name: toFlatName(name, namespace),
    ...omitUndefined({ description, parameters: withExactNumbers(parameters), strict }),
  };
  set.add(agentTool, { kind: 'function', name, ...omitUndefined({ namespace, isAsync }) });
}

/** Adds a tool whose type is all that names it. The agent sees it as a function. */
export function addClientRun(set: ToolSet, type: ClientRunType, tool: Readonly<Record<string, unknown>>): void {
  set.add(toFunction(type, tool), { kind: type, name: type });
}

/** Adds a freeform tool. The agent sees it as a function. */
export function addCustom(set: ToolSet, definition: CustomDefinition, namespace?: string): void {
  const { name, description, grammar, async: isAsync } = definition;
  const agentTool = fromCustomTool({ name: toFlatName(name, namespace), ...omitUndefined({ description, grammar }) });
  set.add(agentTool, { kind: 'custom', name, ...omitUndefined({ namespace, isAsync }) });
}
