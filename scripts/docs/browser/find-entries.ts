/** Something that can be searched for. */
export interface SearchEntry {
  /** `operation`, `parameter`, `event`, `schema`, `field`, `error`, `setting` or `guide`. */
  kind: string;
  name: string;
  /** What it belongs to. */
  of: string;
  words: string;
  /** From /docs/. */
  href: string;
}

/** The entries that hold every word of the query, the best ones first; equals stay in their order. */
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

/** By the word that fits worst. */
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
