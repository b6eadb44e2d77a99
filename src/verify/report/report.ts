import type { Binding } from '../../judge/bind-document.ts';
import type { Level } from '../audit.ts';
import type { FoundViolation } from '../outcomes.ts';

export const outcomes = ['pass', 'fail', 'warn', 'unsupported', 'inconclusive', 'skipped'] as const;
/** `warn`: a failed SHOULD. */
export type Outcome = (typeof outcomes)[number];

/** The exchange that shows the failure, redacted and shortened. */
export interface Evidence {
  /** `POST /v1/responses` */
  request: string;
  sent?: string;
  status?: number;
  received?: string;
  /** The location in the body: `output[0].id`. */
  path?: string;
}

export interface Result {
  id: string;
  area: string;
  title: string;
  level: Level;
  clause: string;
  outcome: Outcome;
  /** Why the audit didn't pass. */
  message?: string;
  /** Every violation of the reply, when there are several. */
  violations?: FoundViolation[];
  evidence?: Evidence;
  /** Notes, independent of the outcome. */
  notes: string[];
  milliseconds: number;
}

/** The result of a run, written by `--json`. `version` changes with incompatible changes of its shape. */
export interface Report {
  version: 1;
  url: string;
  model: string;
  /** The contract that binds the server. */
  contract: Binding;
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
