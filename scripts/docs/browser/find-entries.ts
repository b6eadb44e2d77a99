/** An entry of the search index. */
export interface SearchEntry {
  /** `operation`, `parameter`, `event`, `schema`, `field`, `error`, `setting` or `guide`. */
  kind: string;
  name: string;
  /** The name of its owner. */
  of: string;
  words: string;
  /** Relative to /docs/. */
  href: string;
}

/** Returns the entries that contain every word of the query, best matches first. Equal matches keep their order. */
export function findEntries(entries: SearchEntry[], query: string): SearchEntry[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  return entries
    .map((entry) => ({ entry, rank: toRank(entry, words) }))
    .filter(({ rank }) => rank < never)
    .sort((a, b) => a.rank - b.rank)
    .map(({ entry }) => entry);
}

const never = 100;

/** Returns the rank of the worst-matching word. */
function toRank(entry: SearchEntry, words: string[]): number {
  const name = entry.name.toLowerCase();
  const of = entry.of.toLowerCase();
  const text = entry.words.toLowerCase();
  const ranks = words.map((word) => {
    if (name === word) return 0;
    if (name.startsWith(word)) return 1;
    if (name.includes(word)) return 2;
    if (of.includes(word)) return 3;
    return text.includes(word) ? 4 : never;
  });
  return Math.max(...ranks);
}
