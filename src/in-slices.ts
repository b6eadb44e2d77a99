/** Yields a list in order, in slices of at most `size` items. */
export function* inSlices<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  if (items.length <= size) return yield items;
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
