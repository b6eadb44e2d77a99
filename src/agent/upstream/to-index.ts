/** The index of a choice or a call; some upstreams send it as a string. `undefined`: there is none. */
export function toIndex(value: unknown): number | undefined {
  const index = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  return typeof index === 'number' && Number.isInteger(index) ? index : undefined;
}
