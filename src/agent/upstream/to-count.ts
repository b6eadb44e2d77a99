/** Larger counts are invalid. Sums of smaller ones stay exact integers. */
const maxCount = 2 ** 40;

/** Returns a count or time of an upstream when it is a valid whole number, else `undefined`. */
export function toCount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= maxCount ? value : undefined;
}
