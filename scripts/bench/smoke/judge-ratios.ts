import type { Measurement } from '../run-scenario.ts';
import { toFigure } from '../to-table.ts';

/** CPU times as multiples of the floor's, by `SCENARIO/FIGURE`. */
export type Ratios = Record<string, number>;

export interface Regression {
  row: string;
  reason: string;
}

/** Coarse: two runs of one version differ by a tenth on a quiet machine, and by more on a busy one. */
const tolerance = 1.5;

/**
 * Returns the lower quartile of each ratio, on which other programs have the least effect. Throws on an incorrect
 * reply.
 */
export function toRatios({ scenario, figures, candidates, floor }: Measurement): Ratios {
  const ratios: Ratios = {};
  for (const [name, outcome] of Object.entries(candidates)) {
    if ('fault' in outcome) throw new Error(`${scenario}, ${name}: ${outcome.fault}`);
    for (const figure of figures.filter(({ isRatio }) => isRatio)) {
      const ratio = toFigure(figure, outcome, floor)?.lowerQuartile ?? Number.NaN;
      ratios[`${scenario}/${figure.name}`] = Number(ratio.toFixed(2));
    }
  }
  return ratios;
}

/** Returns the ratios beyond one and a half of their recorded values, and those without one. */
export function findRegressions(measured: Ratios, recorded: Ratios): Regression[] {
  return Object.entries(measured).flatMap(([row, ratio]): Regression[] => {
    const before = recorded[row];
    if (before === undefined)
      return [{ row, reason: `${row} has no recorded ratio. Run: npm run bench -- smoke --record` }];
    if (ratio <= before * tolerance) return [];
    return [{ row, reason: `${row} takes ${ratio} times the floor's CPU time, more than ${tolerance} × ${before}` }];
  });
}
