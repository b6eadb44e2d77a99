/** Larger counts are nonsense, and sums of them no integers. */
const largest = 2 ** 40;

/** A whole number that an upstream sent as a count or a time; `undefined` for anything else. */
export function toCount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= largest ? value : undefined;
}
