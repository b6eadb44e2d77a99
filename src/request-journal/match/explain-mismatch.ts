import type { Schemas } from '../../contract/types.ts';
import { matchesGlob } from '../../matches-glob.ts';
import { containsText, readMessage, readModel, readTools } from '../entry/read-body.ts';
import { readRule } from '../entry/read-verdict.ts';
import type { JournalRecord } from '../journal-record.ts';
import { findDifference } from './find-difference.ts';
import { toQuoted } from './to-quoted.ts';

export type Match = Schemas['JournalMatch'];

type Explain<Field extends keyof Match> = (record: JournalRecord, expected: NonNullable<Match[Field]>) => string[];

/** Explains each field of a match. A field that the contract adds does not compile until it is explained. */
const explainers: { [Field in keyof Required<Match>]: Explain<Field> } = {
  operation: (record, expected) => compareText('operation', record.operation, expected),
  method: (record, expected) => compareText('method', record.method, expected.toUpperCase()),
  path: (record, expected) => compareText('path', record.path, expected),
  model: (record, expected) => compareText('model', readModel(record.body), expected),
  message: (record, expected) => compareText('message', readMessage(record.body), expected),
  text: (record, expected) =>
    containsText(record.body, expected) ? [] : [`no text of the body contains ${toQuoted(expected)}`],
  tools: (record, expected) => {
    const offered = readTools(record.body);
    const missing = expected.filter((name) => !offered.includes(name));
    const names = offered.length === 0 ? 'none' : offered.join(', ');
    return missing.length === 0 ? [] : [`tools offered are ${names}, expected also ${missing.join(', ')}`];
  },
  headers: ({ headers }, expected) =>
    Object.entries(expected).flatMap(([name, value]) =>
      compareText(`header ${name.toLowerCase()}`, [headers[name.toLowerCase()] ?? []].flat().join(', '), value),
    ),
  body: (record, expected) => {
    const difference = findDifference(record.body, expected, 'body');
    return difference === undefined ? [] : [difference];
  },
  tenant: (record, expected) => compareText('tenant', record.tenant, expected),
  transport: (record, expected) => compareText('transport', record.transport, expected),
  status: ({ status }, expected) =>
    status === expected ? [] : [`status is ${status ?? 'missing'}, expected ${expected}`],
  outcome: (record, expected) => compareText('outcome', record.outcome, expected),
  rule: (record, expected) => compareText('rule', readRule(record), expected),
};

/** Returns why a request does not match, a reason for each field that differs. Empty: it matches. */
export function explainMismatch(record: JournalRecord, match: Match): string[] {
  return (Object.keys(match) as (keyof Match)[]).flatMap((field) => explainField(record, match, field));
}

function explainField<Field extends keyof Match>(record: JournalRecord, match: Match, field: Field): string[] {
  const expected = match[field];
  // The compiler cannot follow the pairs of the table.
  return expected === undefined ? [] : (explainers[field] as Explain<Field>)(record, expected);
}

const compareText = (name: string, actual: string | undefined, expected: string): string[] =>
  actual !== undefined && matchesGlob(actual, expected)
    ? []
    : [`${name} is ${toQuoted(actual)}, expected ${toQuoted(expected)}`];
