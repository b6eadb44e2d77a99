import { isObject } from '../../json/is-object.ts';
import { toHostedName } from '../../tools/hosted-name.ts';
import type { AgentPart } from '../agent-client.ts';
import { toResultText } from './result-text.ts';
import { findSources, readMatches } from './search-results.ts';
import type { ToolResult } from './tool-session.ts';

type Fields = Record<string, unknown>;

/** How calls of an MCP tool come out as those of a hosted tool. */
export interface HostedKind {
  /** The type of its items, and the prefix of its events. */
  item: string;
  idPrefix: 'ws' | 'fs' | 'ci';
  /** The event, and the status, of a call that runs. */
  running: string;
  /** Returns the fields of a call that begins. `undefined`: the arguments do not fit the kind. */
  begin(args: Fields, server: string): Fields | undefined;
  /** Events between the start and the run, as their types without the prefix, with their fields. */
  introduce?(fields: Fields): [type: string, fields: Fields][];
  /** Returns the fields that the result changes. `isDetailed`: whether the client included the details. */
  end(fields: Fields, result: ToolResult, isDetailed: boolean): Fields;
  /** The value of `include` that asks for the details. */
  include: string;
}

const webSearch: HostedKind = {
  item: 'web_search_call',
  idPrefix: 'ws',
  running: 'searching',
  include: 'web_search_call.action.sources',
  begin(args) {
    const { url } = args;
    if (typeof url === 'string' && !('query' in args)) return { action: { type: 'open_page', url } };
    const queries = readQueries(args);
    const [query] = queries;
    return query === undefined ? undefined : { action: { type: 'search', query, queries } };
  },
  end({ action }, result, isDetailed) {
    const isSearch = isObject(action) && action['type'] === 'search';
    return isSearch && isDetailed ? { action: { ...action, sources: findSources(result) } } : {};
  },
};

const fileSearch: HostedKind = {
  item: 'file_search_call',
  idPrefix: 'fs',
  running: 'searching',
  include: 'file_search_call.results',
  begin(args) {
    const queries = readQueries(args);
    return queries.length === 0 ? undefined : { queries, results: null };
  },
  end(_fields, result, isDetailed) {
    return isDetailed && !result.isError ? { results: readMatches(result) } : {};
  },
};

const codeInterpreter: HostedKind = {
  item: 'code_interpreter_call',
  idPrefix: 'ci',
  running: 'interpreting',
  include: 'code_interpreter_call.outputs',
  begin(args, server) {
    const code = readText(args, ['code', 'source', 'script', 'python']);
    // Its server takes the place of the container.
    return code === undefined ? undefined : { code, container_id: `cntr_${server}`, outputs: null };
  },
  introduce({ code }) {
    return [
      ['code.delta', { delta: code }],
      ['code.done', { code }],
    ];
  },
  end(_fields, { content }, isDetailed) {
    return isDetailed ? { outputs: toOutputs(content) } : {};
  },
};

const kinds: Readonly<Record<string, HostedKind>> = {
  web_search: webSearch,
  file_search: fileSearch,
  code_interpreter: codeInterpreter,
};

export const findHostedKind = (type: string): HostedKind | undefined => {
  const name = toHostedName(type);
  return Object.hasOwn(kinds, name) ? kinds[name] : undefined;
};

/** Returns the queries of a search, under the names that search tools use. */
function readQueries(args: Fields): string[] {
  const { queries } = args;
  if (Array.isArray(queries)) {
    const texts = queries.filter((query) => typeof query === 'string' && query !== '');
    if (texts.length > 0) return texts;
  }
  const query = readText(args, ['query', 'q', 'search_query', 'search', 'question']);
  return query === undefined ? [] : [query];
}

/** Returns the argument with one of these names, or the only one that is a text. */
function readText(args: Fields, names: readonly string[]): string | undefined {
  const texts = Object.entries(args).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  for (const name of names) {
    const found = texts.find(([key]) => key === name);
    if (found) return found[1];
  }
  return texts.length === 1 ? texts[0]?.[1] : undefined;
}

function toOutputs(content: readonly AgentPart[]): Fields[] {
  const logs = toResultText(content.filter(({ type }) => type !== 'image'));
  const images = content.flatMap((part) => (part.type === 'image' ? [{ type: 'image', url: part.url }] : []));
  return [...(logs === '' ? [] : [{ type: 'logs', logs }]), ...images];
}
