export function findEntries(entries, query) {
    const words = query
        .toLowerCase()
        .split(/\s+/)
        .filter((word) => word !== '');
    if (words.length === 0)
        return [];
    return entries
        .map((entry) => ({ entry, rank: toRank(entry, words) }))
        .filter(({ rank }) => rank < never)
        .sort((a, b) => a.rank - b.rank)
        .map(({ entry }) => entry);
}
const never = 100;
function toRank(entry, words) {
    const name = entry.name.toLowerCase();
    const of = entry.of.toLowerCase();
    const text = entry.words.toLowerCase();
    const ranks = words.map((word) => {
        if (name === word)
            return 0;
        if (name.startsWith(word))
            return 1;
        if (name.includes(word))
            return 2;
        if (of.includes(word))
            return 3;
        return text.includes(word) ? 4 : never;
    });
    return Math.max(...ranks);
}
