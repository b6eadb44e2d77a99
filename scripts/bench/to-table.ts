import type { Measurement, Outcome } from './run-scenario.ts';
import type { Figure, Sample } from './scenario.ts';
import { type Spread, toSpread } from './statistics.ts';

const missing = '–';

/**
 * Formats a Markdown table with one row per figure: for each candidate the median of its rounds with quartiles, as a
 * multiple of the floor or as a value, and the target, which the last candidate reaches or misses. The medians of other
 * values follow, of each candidate.
 */
export function toTable(measurements: readonly Measurement[]): string {
  const names = Object.keys(measurements[0]?.candidates ?? {});
  const last = names.at(-1) ?? '';
  const head = ['', ...names, 'target', '', 'value', 'floor', 'per second', 'peak'];
  const rows = measurements.flatMap((measurement) =>
    measurement.figures.map((figure) => toRow(measurement, figure, last)),
  );
  return [head, head.map((_, index) => (index === 0 ? '---' : '---:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

/** Returns the spread of a figure; `undefined` if it could not be measured. */
export function toFigure(figure: Figure, outcome: Outcome | undefined, floor: readonly Sample[]): Spread | undefined {
  if (!outcome || 'fault' in outcome) return undefined;
  const values = outcome.samples.map((sample, round) => {
    const value = sample[figure.name] ?? Number.NaN;
    return figure.isRatio ? value / (floor[round]?.[figure.name] ?? Number.NaN) : value;
  });
  return values.length > 0 && values.every(Number.isFinite) ? toSpread(values) : undefined;
}

function toRow({ figures, candidates, floor }: Measurement, figure: Figure, last: string): string[] {
  const outcomes = Object.values(candidates);
  const toMedians = (name: string, unit: string): string =>
    joinMedians(
      outcomes.map((outcome) => toMedian('samples' in outcome ? outcome.samples : [], name)),
      unit,
    );
  // Rate and peak are those of the scenario.
  const isFirst = figure === figures[0];
  return [
    figure.title,
    ...outcomes.map((candidate) => toCell(figure, toFigure(figure, candidate, floor))),
    toTarget(figure),
    toVerdict(figure, toFigure(figure, candidates[last], floor)),
    figure.isRatio ? toMedians(figure.name, figure.unit) : '',
    joinMedians([toMedian(floor, figure.name)], figure.unit),
    isFirst ? toMedians('rate', '') : '',
    isFirst ? toMedians('peak', 'MB') : '',
  ];
}

function toCell(figure: Figure, spread: Spread | undefined): string {
  if (!spread) return missing;
  const { median, lowerQuartile, upperQuartile } = spread;
  const print = (value: number): string => (figure.isRatio ? value.toFixed(2) : toNumber(value));
  const unit = figure.isRatio || figure.unit === '' ? '' : ` ${figure.unit}`;
  return `**${print(median)}**${unit} (${print(lowerQuartile)}–${print(upperQuartile)})`;
}

function toTarget({ atMost, atLeast, isRatio, unit }: Figure): string {
  const print = (value: number): string => value.toLocaleString('en') + (isRatio || unit === '' ? '' : ` ${unit}`);
  if (atMost !== undefined) return `≤ ${print(atMost)}`;
  return atLeast === undefined ? '' : `≥ ${print(atLeast)}`;
}

function toVerdict({ atMost = Number.POSITIVE_INFINITY, atLeast = 0 }: Figure, spread: Spread | undefined): string {
  if (!spread || (atMost === Number.POSITIVE_INFINITY && atLeast === 0)) return '';
  return spread.median <= atMost && spread.median >= atLeast ? 'reached' : 'missed';
}

function toMedian(samples: readonly Sample[], name: string): number | undefined {
  const values = samples.map((sample) => sample[name] ?? Number.NaN);
  return values.length > 0 && values.every(Number.isFinite) ? toSpread(values).median : undefined;
}

function joinMedians(medians: readonly (number | undefined)[], unit: string): string {
  if (medians.every((median) => median === undefined)) return '';
  const texts = medians.map((median) => (median === undefined ? missing : toNumber(median)));
  return `${texts.join(' / ')} ${unit}`.trim();
}

/** Three digits are enough: the next one differs between runs. */
const toNumber = (value: number): string =>
  value.toLocaleString('en', { maximumFractionDigits: Math.abs(value) < 100 ? 1 : 0 });
