import { isObject } from '../../json/is-object.ts';
import type { Fields } from './body-form.ts';
import { mapList, toObject } from './values.ts';

/** The kinds of tools that Chat Completions nests and Responses keeps flat: `{type, [type]: {name}}` and `{type, name}`. */
const kinds = ['function', 'custom'] as const;

/** Returns a tool, or a reference to one, in the flat form of Responses. */
export function toFlatTool(tool: unknown): unknown {
  if (!isObject(tool)) return tool;
  const kind = kindOf(tool);
  if (kind === undefined) return tool;
  const { [kind]: nested, ...rest } = tool;
  const flat = withParameters(isObject(nested) ? { ...rest, type: kind, ...nested } : { ...tool, type: kind });
  return isObject(flat['format']) ? { ...flat, format: toFlatFormat(flat['format']) } : flat;
}

/** Returns a tool, or a reference to one, in the nested form of Chat Completions. */
export function toNestedTool(tool: unknown): unknown {
  if (!isObject(tool)) return tool;
  const kind = kindOf(tool);
  if (kind === undefined) return tool;
  if (isObject(tool[kind])) return { ...tool, type: kind, [kind]: withParameters(tool[kind]) };
  if (typeof tool['name'] !== 'string') return tool;
  const { type: _type, ...definition } = withParameters(tool);
  const { format } = definition;
  return { type: kind, [kind]: isObject(format) ? { ...definition, format: toNestedFormat(format) } : definition };
}

/** Other APIs name the schema of a function `input_schema` or, in MCP, `inputSchema`. */
function withParameters({ input_schema: schema, inputSchema, parameters, ...tool }: Fields): Fields {
  const found = parameters ?? schema ?? inputSchema;
  return found === undefined ? tool : { ...tool, parameters: toObject(found) };
}

/** Some clients omit the type of a function. */
function kindOf(tool: Fields): (typeof kinds)[number] | undefined {
  const kind = kinds.find((name) => name === tool['type']);
  if (kind || (tool['type'] ?? undefined) !== undefined) return kind;
  return isObject(tool['function']) || typeof tool['name'] === 'string' ? 'function' : undefined;
}

/** The words of a tool choice, with those of other APIs. */
const choiceWords: Readonly<Record<string, string>> = {
  any: 'required',
  required: 'required',
  auto: 'auto',
  none: 'none',
};

/** Reads a tool choice of other APIs: a word in an object, or a `tool` that is a function. */
function readChoice(choice: unknown): unknown {
  const word = isObject(choice) ? choice['type'] : choice;
  if (word === 'tool' && isObject(choice)) return { ...choice, type: 'function' };
  return typeof word === 'string' && Object.hasOwn(choiceWords, word) ? choiceWords[word] : choice;
}

/** Returns a tool choice in the form of Responses. */
export function toFlatChoice(sent: unknown): unknown {
  const choice = readChoice(sent);
  if (!isObject(choice) || choice['type'] !== 'allowed_tools') return toFlatTool(choice);
  const { allowed_tools: nested, ...rest } = choice;
  const flat: Fields = isObject(nested) ? { ...rest, ...nested } : choice;
  return { ...flat, tools: mapList(flat['tools'], toFlatTool) };
}

/** Returns a tool choice in the form of Chat Completions. */
export function toNestedChoice(sent: unknown): unknown {
  const choice = readChoice(sent);
  if (!isObject(choice) || choice['type'] !== 'allowed_tools') return toNestedTool(choice);
  const { type, ...flat } = choice;
  const nested = isObject(flat['allowed_tools']) ? flat['allowed_tools'] : { mode: 'auto', ...flat };
  return { type, allowed_tools: { ...nested, tools: mapList(nested['tools'], toNestedTool) } };
}

function toFlatFormat({ grammar, ...format }: Fields): Fields {
  return isObject(grammar) ? { ...format, ...grammar } : format;
}

function toNestedFormat(format: Fields): Fields {
  if (format['type'] !== 'grammar' || isObject(format['grammar'])) return format;
  const { type, ...grammar } = format;
  return { type, grammar };
}
