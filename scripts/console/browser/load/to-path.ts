export const plotWidth = 600;
export const plotHeight = 100;

/** The half length of the stroke that shows a single value. */
const dot = 2;

/** Returns the path of a line through the values. The line ends where values are missing. */
export function toPath(values: (number | null)[], highest: number): string {
  const step = values.length < 2 ? 0 : plotWidth / (values.length - 1);
  const isMissing = (index: number) => (values[index] ?? null) === null;
  const moves = values.map((value, index) => {
    if (value === null) return '';
    const [x, y] = [round(index * step), round(plotHeight - (value / highest) * plotHeight)];
    if (!isMissing(index - 1)) return `L${x} ${y}`;
    return isMissing(index + 1) ? `M${x - dot} ${y}h${2 * dot}` : `M${x} ${y}`;
  });
  return moves.join('');
}

const round = (value: number): number => Math.round(value * 10) / 10;

const factors = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];

/** Returns the top of the scale: a round number with one or two digits. */
export function toTop(series: { values: (number | null)[] }[]): number {
  const highest = Math.max(0, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  if (highest === 0) return 1;
  const power = 10 ** Math.floor(Math.log10(highest));
  return (factors.find((factor) => factor * power >= highest) ?? 10) * power;
}
