import { isObject } from '../../json/is-object.ts';
import { tryParseJson } from '../../json/try-parse-json.ts';

/** An error response of an upstream, as far as it concerns the form of the request. */
export interface Refusal {
  status: number;
  /** All texts of its body, one a line. */
  text: string;
  /** The names and indexes in the paths of the fields that it names. */
  path: ReadonlySet<string>;
}

/** Statuses of refused requests. llama.cpp and vLLM answer 500 when a chat template refuses the conversation. */
const refusalStatuses = new Set([400, 404, 405, 406, 409, 415, 422, 500, 501]);

/** Members that repeat the request (FastAPI) or point to documentation, so they would name fields that are accepted. */
const echoes = new Set(['input', 'ctx', 'url', 'body', 'request']);

/** Prevents a deeply nested body from exhausting the stack. */
const maxDepth = 8;

/** Reads an error response. Returns `undefined` for a status that does not concern the form of the request. */
export function readRefusal(status: number, text: string): Refusal | undefined {
  if (!refusalStatuses.has(status)) return undefined;
  const texts: string[] = [];
  const path = new Set<string>();
  const visit = (value: unknown, key: string, depth: number): void => {
    if (depth > maxDepth) return;
    if (typeof value === 'string') {
      const nested = /^\s*[[{]/.test(value) ? tryParseJson(value) : undefined;
      if (nested !== undefined) return visit(nested, key, depth + 1);
      if (key === 'param') addSegments(path, value);
      texts.push(value);
    } else if (Array.isArray(value)) {
      if (key === 'loc') for (const segment of value) path.add(String(segment));
      else for (const entry of value) visit(entry, key, depth + 1);
    } else if (isObject(value)) {
      for (const [name, member] of Object.entries(value)) if (!echoes.has(name)) visit(member, name, depth + 1);
    }
  };
  visit(tryParseJson(text) ?? text, '', 0);
  return { status, text: texts.join('\n'), path };
}

/** Adds `messages`, `1` and `role` for `messages[1].role`. */
function addSegments(path: Set<string>, param: string): void {
  for (const segment of param.split(/[.[\]'"]+/)) if (segment !== '') path.add(segment);
}
