import type { Schemas } from '../../contract/types.ts';
import type { RuleReference } from '../../exchange.ts';
import type { JournalRecord } from '../journal-record.ts';

/** Returns the name of the rule that answered. */
export const readRule = ({ verdict }: JournalRecord): string | undefined =>
  verdict?.outcome === 'matched' ? toName(verdict) : undefined;

/** Returns why the nearest rules did not match. */
export const readMisses = ({ verdict }: JournalRecord): Schemas['UnmatchedRule'][] =>
  verdict?.outcome === 'unmatched'
    ? verdict.misses.map(({ reasons, ...rule }) => ({ rule: toName(rule), reasons: [...reasons] }))
    : [];

const toName = ({ rule, name }: RuleReference): string => name ?? `rules[${rule}]`;
