export interface Spread {
  lowerQuartile: number;
  median: number;
  upperQuartile: number;
}

/** Throws a RangeError for no values. Between two values the quantile is interpolated. */
export function toSpread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => {
    const position = share * (sorted.length - 1);
    const below = sorted[Math.floor(position)];
    const above = sorted[Math.ceil(position)];
    if (below === undefined || above === undefined) throw new RangeError('A spread of no values was asked for.');
    return below + (above - below) * (position % 1);
  };
  return { lowerQuartile: at(0.25), median: at(0.5), upperQuartile: at(0.75) };
}
