import type { Level } from '../audit.ts';

export const outcomes = ['pass', 'fail', 'warn', 'unsupported', 'inconclusive', 'skipped'] as const;
/** `warn`: a SHOULD that failed. */
export type Outcome = (typeof outcomes)[number];

/** The exchange that shows it, without secrets and cut to what a person reads. */
export interface Evidence {
  /** `POST /v1/responses` */
  request: string;
  sent?: string;
  status?: number;
  received?: string;
  /** The place in the body that is at fault: `output[0].id`. */
  path?: string;
}

export interface Result {
  id: string;
  area: string;
  title: string;
  level: Level;
  clause: string;
  outcome: Outcome;
  /** Why it is not a pass. */
  message?: string;
  evidence?: Evidence;
  /** Worth knowing, whatever the outcome. */
  notes: string[];
  milliseconds: number;
}

/** What a run found. `--json` writes it as it is: `version` changes when a program that reads it would have to. */
export interface Report {
  version: 1;
  url: string;
  model: string;
  startedAt: string;
  milliseconds: number;
  totals: Record<Outcome, number>;
  results: Result[];
}

export function countOutcomes(results: readonly Result[]): Record<Outcome, number> {
  const totals = { pass: 0, fail: 0, warn: 0, unsupported: 0, inconclusive: 0, skipped: 0 };
  for (const { outcome } of results) totals[outcome] += 1;
  return totals;
}
