/** Yields a list in order, in parts of at most `size`. */
export function* inSlices<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  if (items.length <= size) return yield items;
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
