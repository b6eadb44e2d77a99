import MiniSearch, { type Query } from 'minisearch';
import { findAnswers } from './synonyms.ts';

/** An entry of the search index. */
export interface SearchEntry {
  /** `operation`, `parameter`, `field`, `event`, `schema`, `guide`, `how-to`, `page`, `error`, `setting` or `entry`. */
  kind: string;
  name: string;
  /** The name of its owner. */
  of: string;
  words: string;
  /** Relative to /docs/. */
  href: string;
  /** Synonyms that its author chose. */
  keywords?: string;
  /** Further words by which it is found, in any order. */
  text?: string;
}

/** Finds the entries of a query, best matches first. */
export type FindEntries = (query: string) => SearchEntry[];

/** Shorter words allow no typing error: too many others differ by one letter. */
const minFuzzyLength = 4;
/** One typing error in five letters. */
const fuzziness = 0.2;

/** The weight of each kind: pages before their parts, operations before schemas. */
const weights: Record<string, number> = {
  operation: 2,
  'how-to': 1.8,
  guide: 1.6,
  page: 1.4,
  error: 1.4,
  setting: 1.4,
  event: 1.2,
  parameter: 1.1,
  schema: 0.9,
  entry: 0.4,
};
const weigh = ({ kind }: SearchEntry): number => weights[kind] ?? 1;

/** Creates a search that forgives typing errors and knows synonyms. */
export function createSearch(entries: SearchEntry[]): FindEntries {
  const index = new MiniSearch<SearchEntry & { id: number }>({
    fields: ['name', 'of', 'words', 'keywords', 'text'],
    tokenize: toTokens,
    processTerm: (term) => term,
    searchOptions: {
      prefix: (term) => term.length > 1,
      fuzzy: (term) => (term.length >= minFuzzyLength ? fuzziness : false),
      boost: { name: 6, keywords: 5, of: 2, words: 2 },
      boostDocument: (id) => {
        const entry = entries[id];
        return entry ? weigh(entry) : 1;
      },
      tokenize: (text) => [text.toLowerCase()],
    },
  });
  index.addAll(entries.map((entry, id) => ({ ...entry, id })));
  const byName = Map.groupBy(entries, ({ name }) => name.toLowerCase());
  const byHref = new Map(entries.map((entry) => [entry.href, entry]));
  return (query) => {
    const named = (byName.get(query.trim().toLowerCase()) ?? []).toSorted((a, b) => weigh(b) - weigh(a));
    const answers = findAnswers(query).flatMap((href) => byHref.get(href) ?? []);
    const words = toWords(query).map(toQuery);
    if (words.length === 0) return [];
    const all = index.search({ combineWith: 'AND', queries: words });
    const found = all.length > 0 ? all : index.search({ combineWith: 'OR', queries: words });
    return [...new Set([...named, ...answers, ...found.flatMap(({ id }) => entries[id] ?? [])])];
  };
}

/** A name of several parts matches as a whole, or by all its parts. */
function toQuery(word: string): Query {
  const parts = toParts(word);
  if (parts.length < 2) return word;
  return { combineWith: 'OR', queries: [word, { combineWith: 'AND', queries: parts }] };
}

/** Splits a text into words. A name with underscores, dots or hyphens is one word. */
const toWords = (text: string): string[] => text.match(/[\p{L}\p{N}_.-]*[\p{L}\p{N}]/gu) ?? [];

/** Splits a name at underscores, dots, hyphens and capitals. */
const toParts = (word: string): string[] =>
  word
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .split(/[_.\- ]+/)
    .filter((part) => part !== '');

function toTokens(text: string): string[] {
  const tokens = toWords(text).flatMap((word) => [word, ...toParts(word)]);
  return [...new Set(tokens.map((token) => token.toLowerCase()))];
}
