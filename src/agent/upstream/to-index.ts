/** Returns the index of a choice or a call, or `undefined` when it has none. Some upstreams send it as a string. */
export function toIndex(value: unknown): number | undefined {
  const index = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  return typeof index === 'number' && Number.isInteger(index) ? index : undefined;
}
