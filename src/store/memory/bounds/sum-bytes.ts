/** Returns the total bytes of a tenant's entries. */
export function sumBytes<Entry extends { readonly tenant: string }>(
  entries: Iterable<Entry>,
  tenant: string,
  toBytes: (entry: Entry) => number,
): number {
  let sum = 0;
  for (const entry of entries) if (entry.tenant === tenant) sum += toBytes(entry);
  return sum;
}
