import { limits } from '../../config/limits.ts';
import { isObject } from '../../json/is-object.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import { tryParseJson } from '../../json/try-parse-json.ts';
import { toResultText } from './result-text.ts';
import type { ToolResult } from './tool-session.ts';

type Fields = Record<string, unknown>;

/** Names that search tools use for the address, the text and the file of a match. */
const urlNames = ['url', 'link', 'href', 'uri'];
const textNames = ['text', 'content', 'snippet', 'description', 'summary'];
const fileNames = ['filename', 'file', 'path', 'title', 'name'];

/** Returns the web pages that a search found: those of its matches, or else every URL in its text. */
export function findSources(result: ToolResult): Fields[] {
  const urls = listMatches(result).flatMap((match) => pickText(match, urlNames) ?? []);
  const found = urls.length > 0 ? urls : (toResultText(result.content).match(/https?:\/\/[^\s"'<>()[\]{}]+/g) ?? []);
  // A sentence may end behind a URL.
  const clean = found.map((url) => url.replace(/[.,;:!?]+$/, '')).filter((url) => URL.canParse(url));
  return [...new Set(clean)].slice(0, limits.searchResults).map((url) => ({ type: 'url', url }));
}

/** Returns the matches of a search in files: those that the tool lists, or else its whole text as one. */
export function readMatches(result: ToolResult): Fields[] {
  const matches = listMatches(result).flatMap((match) => {
    const text = pickText(match, textNames);
    if (text === undefined) return [];
    const { score, file_id: id } = match;
    const isScore = typeof score === 'number' && score >= 0 && score <= 1;
    return {
      attributes: {},
      file_id: typeof id === 'string' ? id : '',
      filename: pickText(match, fileNames) ?? '',
      ...omitUndefined({ score: isScore ? score : undefined }),
      text,
    };
  });
  if (matches.length > 0) return matches.slice(0, limits.searchResults);
  const text = toResultText(result.content);
  return text === '' ? [] : [{ attributes: {}, file_id: '', filename: '', text }];
}

/** Returns the objects of the first list in a structured result, or in a text that is JSON. */
function listMatches({ structured, content }: ToolResult): Fields[] {
  const value = structured ?? tryParseJson(toResultText(content));
  const lists = isObject(value) ? Object.values(value) : [value];
  const list = lists.find((entry) => Array.isArray(entry) && entry.some(isObject));
  return Array.isArray(list) ? list.filter(isObject) : [];
}

/** Returns the first text under one of these names. */
function pickText(fields: Fields, names: readonly string[]): string | undefined {
  return names.map((name) => fields[name]).find((value) => typeof value === 'string' && value !== '') as
    | string
    | undefined;
}
