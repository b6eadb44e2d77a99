import type { Load, LoadPeak, LoadPoint } from '../api/types.ts';

/** Values of one kind over a period; `null` where nothing was measured. */
export interface Series {
  name: string;
  values: (number | null)[];
}

/** Returns the start of each step of a period. */
export function toTimes({ from, to, step_seconds: step }: Load): number[] {
  return Array.from({ length: Math.max(1, Math.ceil((to - from) / step)) }, (_, index) => from + index * step);
}

type Sum = (values: number[]) => number;

const sum: Sum = (values) => values.reduce((total, value) => total + value, 0);
const most: Sum = (values) => Math.max(...values);

/** Returns the sum of a number over all agents for each step; 0 for steps without requests. */
export function toTotals(load: Load, name: string, read: (point: LoadPoint) => number): Series {
  return { name, values: toValues(load, load.points, read, sum).map((value) => value ?? 0) };
}

/** Returns the highest of a number over all agents for each step; `null` for steps without it. */
export function toHighest(load: Load, name: string, read: (point: LoadPoint) => number | null): Series {
  return { name, values: toValues(load, load.points, read, most) };
}

/** Returns the peaks of a number for each step; 0 for steps without runs. */
export function toPeaks(load: Load, name: string, read: (peak: LoadPeak) => number): Series {
  return { name, values: toValues(load, load.peaks, read, most).map((value) => value ?? 0) };
}

/** Returns a series for each agent. */
export function toAgents(load: Load, read: (point: LoadPoint) => number): Series[] {
  return listAgentNames(load).map((name) => {
    const points = load.points.filter(({ agent }) => agent === name);
    return { name, values: toValues(load, points, read, sum).map((value) => value ?? 0) };
  });
}

export const listAgentNames = ({ points }: Load): string[] => [...new Set(points.map(({ agent }) => agent))].sort();

function toValues<Entry extends { at: number }>(
  load: Load,
  points: Entry[],
  read: (point: Entry) => number | null,
  join: Sum,
): (number | null)[] {
  const steps = Map.groupBy(points, ({ at }) => Math.floor((at - load.from) / load.step_seconds));
  return toTimes(load).map((_, index) => {
    const values = (steps.get(index) ?? []).map(read).filter((value) => value !== null);
    return values.length === 0 ? null : join(values);
  });
}
