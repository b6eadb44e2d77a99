export interface Spread {
  lowerQuartile: number;
  median: number;
  upperQuartile: number;
}

/** Returns a quantile, interpolated between two values. Throws a RangeError without values. */
export function toSpread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => {
    const position = share * (sorted.length - 1);
    const below = sorted[Math.floor(position)];
    const above = sorted[Math.ceil(position)];
    if (below === undefined || above === undefined) throw new RangeError('A quantile requires at least one value.');
    return below + (above - below) * (position % 1);
  };
  return { lowerQuartile: at(0.25), median: at(0.5), upperQuartile: at(0.75) };
}
