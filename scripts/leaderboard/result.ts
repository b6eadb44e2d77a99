import type { Level } from '../../src/verify/audit.ts';
import type { Outcome, Report } from '../../src/verify/report/report.ts';

/** The details of an audit that didn't pass. */
export interface Finding {
  id: string;
  level: Level;
  outcome: Outcome;
  message: string;
  request?: string;
  status?: number;
  received?: string;
}

export interface AreaCount {
  area: string;
  level: Level;
  outcome: Outcome;
  count: number;
}

/** The outcome of one entry, kept in results.json. */
export interface EntryResult {
  name: string;
  version: string;
  /** `2026-11-30` */
  date: string;
  /** Why there are no figures. */
  skipped?: string;
  milliseconds: number;
  counts: AreaCount[];
  findings: Finding[];
}

/** Characters of a message and of what was received that the page shows. */
const shown = { message: 240, received: 160 };

/** Reduces a report to the data of the page. */
export function toResult(name: string, version: string, report: Report): EntryResult {
  return {
    name,
    version,
    date: report.startedAt.slice(0, 10),
    milliseconds: report.milliseconds,
    counts: countAreas(report),
    findings: report.results.filter(({ outcome }) => outcome !== 'pass').map(toFinding),
  };
}

function countAreas({ results }: Report): AreaCount[] {
  const counts = new Map<string, AreaCount>();
  for (const { area, level, outcome } of results) {
    const key = `${area} ${level} ${outcome}`;
    const count = counts.get(key) ?? { area, level, outcome, count: 0 };
    count.count += 1;
    counts.set(key, count);
  }
  return [...counts.values()];
}

function toFinding({ id, level, outcome, message = '', evidence }: Report['results'][number]): Finding {
  const failed = outcome === 'fail' || outcome === 'warn';
  return {
    id,
    level,
    outcome,
    message: shorten(message, shown.message),
    ...(failed && evidence
      ? {
          request: evidence.request,
          ...(evidence.status === undefined ? {} : { status: evidence.status }),
          ...(evidence.received === undefined ? {} : { received: shorten(evidence.received, shown.received) }),
        }
      : {}),
  };
}

function shorten(text: string, length: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}
