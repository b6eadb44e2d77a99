import type { Level } from '../../src/verify/audit.ts';
import type { Outcome } from '../../src/verify/report/report.ts';
import type { EntryResult } from './result.ts';

/** Counts of one level, over all areas or one. */
export interface Score {
  passed: number;
  failed: number;
  /** The audits that apply: the server neither lacks the feature nor left it undecided. */
  applied: number;
  unsupported: number;
  inconclusive: number;
  skipped: number;
}

export interface ScoreFilter {
  level: Level;
  area?: string;
}

export function toScore({ counts }: EntryResult, { level, area }: ScoreFilter): Score {
  const sum = (...outcomes: Outcome[]): number =>
    counts
      .filter(
        (one) => one.level === level && (area === undefined || one.area === area) && outcomes.includes(one.outcome),
      )
      .reduce((total, one) => total + one.count, 0);
  const passed = sum('pass');
  const failed = sum('fail', 'warn');
  return {
    passed,
    failed,
    applied: passed + failed,
    unsupported: sum('unsupported'),
    inconclusive: sum('inconclusive'),
    skipped: sum('skipped'),
  };
}

/** Returns the share of passed audits among those that apply, from 0 to 1. */
export function toShare({ passed, applied }: Score): number {
  return applied === 0 ? 0 : passed / applied;
}

/**
 * Sorts by the share of MUSTs, then by how many apply: equal shares of more are better. Those without figures come
 * last.
 */
export function sortResults(results: readonly EntryResult[]): EntryResult[] {
  const rank = (result: EntryResult): [number, number] => {
    const score = toScore(result, { level: 'MUST' });
    return [result.skipped === undefined ? toShare(score) : -1, score.applied];
  };
  return results.toSorted((left, right) => {
    const [share, applied] = rank(left);
    const [otherShare, otherApplied] = rank(right);
    return otherShare - share || otherApplied - applied || left.name.localeCompare(right.name);
  });
}
