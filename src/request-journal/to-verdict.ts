import { limits } from '../config/limits.ts';
import type { Schemas } from '../contract/types.ts';
import { toEntry } from './entry/to-entry.ts';
import type { JournalRecord } from './journal-record.ts';
import { explainMismatch, type Match } from './match/explain-mismatch.ts';
import { toQuoted } from './match/to-quoted.ts';

type Verdict = Schemas['JournalVerdict'];

/** How many requests must match. */
export interface Amount {
  least: number;
  most: number;
}

const nearest = 3;

/** Judges the requests of the journal. */
export function toVerdict(records: readonly JournalRecord[], match: Match, amount: Amount): Verdict {
  const judged = records.map((record) => ({ record, reasons: explainMismatch(record, match) }));
  const matching = judged.filter(({ reasons }) => reasons.length === 0);
  const found = matching.length;
  const satisfied = found >= amount.least && found <= amount.most;
  const near = found < amount.least ? findNearest(judged) : [];
  const shown = matching.slice(0, limits.journalMatches).map(({ record }) => record);
  return {
    object: 'journal.verdict',
    satisfied,
    found,
    message: [
      `Expected ${toAmountText(amount)}${toMatchText(match)}, found ${found}.`,
      ...(satisfied ? [] : describe(records, shown, near)),
    ].join('\n'),
    data: shown.map(toEntry),
    nearest: near.map(({ record, reasons }) => ({ request: toEntry(record), reasons })),
  };
}

interface Judged {
  record: JournalRecord;
  reasons: string[];
}

/** Returns the requests with the fewest reasons, the newest first of those with equally many. */
function findNearest(judged: readonly Judged[]): Judged[] {
  return judged
    .filter(({ reasons }) => reasons.length > 0)
    .toReversed()
    .sort((one, other) => one.reasons.length - other.reasons.length)
    .slice(0, nearest);
}

function describe(records: readonly unknown[], matching: readonly JournalRecord[], near: readonly Judged[]): string[] {
  if (records.length === 0) return ['The journal is empty: no request has arrived.'];
  const found = matching.slice(0, nearest).map((record) => `  ${toLine(record)}`);
  const close = near.map(({ record, reasons }) => `  ${toLine(record)}: ${reasons.join('; ')}`);
  return [
    ...(found.length === 0 ? [] : ['Matching requests:', ...found]),
    ...(close.length === 0 ? [] : ['Nearest requests:', ...close]),
  ];
}

const toLine = ({ method, path, status, outcome, id }: JournalRecord): string =>
  `${method} ${path} (${[status, outcome === 'completed' ? undefined : outcome, id].filter(Boolean).join(', ')})`;

function toAmountText({ least, most }: Amount): string {
  const requests = (count: number) => `${count} ${count === 1 ? 'request' : 'requests'}`;
  if (most === 0) return 'no request';
  if (least === most) return `exactly ${requests(least)}`;
  if (most === Number.POSITIVE_INFINITY) return `at least ${requests(least)}`;
  return least === 0 ? `at most ${requests(most)}` : `${least} to ${requests(most)}`;
}

function toMatchText(match: Match): string {
  const fields = Object.entries(match).map(([name, value]) => `${name} ${toQuoted(value)}`);
  return fields.length === 0 ? '' : ` with ${fields.join(' and ')}`;
}
