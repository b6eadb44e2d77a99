import type { OpenApiDocument } from '../contract/document.ts';
import { createViolationFinder } from '../contract/find-violations.ts';
import type { Contract } from '../contract/load-contract.ts';
import type { Schema } from '../contract/schema.ts';
import type { Violation } from '../contract/violation.ts';
import { toParam } from '../contract/violation.ts';
import { type Binding, type BindingLevel, bindDocument } from './bind-document.ts';
import { judgeLimits } from './judge-limits.ts';
import { loadObligations } from './load-obligations.ts';

export interface Judgement {
  /** The broken MUSTs. */
  violations: Violation[];
  /** The broken SHOULDs: a null in an optional field, or a field that OpenAI's own examples omit. */
  notes: Violation[];
}

/** Judges the replies of a server against the public contract that binds it. */
export interface Judge {
  readonly binding: Binding;
  /** The bound copy of the contract, as for validators, to look schemas up. */
  readonly document: OpenApiDocument;
  judge(schema: Schema, value: unknown): Judgement;
}

type Finder = (value: unknown) => Violation[];

/** Creates a judge. It compiles each schema at its first use. */
export function createJudge({ document, prepared }: Pick<Contract, 'document' | 'prepared'>, binding: Binding): Judge {
  const obligations = loadObligations();
  const bind = (level: BindingLevel) => ({
    document: bindDocument(document, obligations, { binding, level }),
    prepared: bindDocument(prepared, obligations, { binding, level }),
  });
  const must = bind('must');
  const should = bind('should');
  const finders = new Map<string, { must: Finder; should: Finder }>();
  const finderOf = (schema: Schema) => {
    const key = JSON.stringify(schema);
    const found = finders.get(key) ?? {
      must: createViolationFinder(must, schema, judgeLimits.violations),
      should: createViolationFinder(should, schema, judgeLimits.violations),
    };
    finders.set(key, found);
    return found;
  };
  return {
    binding,
    document: must.prepared,
    judge(schema, value) {
      const finder = finderOf(schema);
      const violations = finder.must(value);
      const known = new Set(violations.map(toKey));
      return { violations, notes: finder.should(value).filter((note) => !known.has(toKey(note))) };
    },
  };
}

const toKey = ({ path, code }: Violation): string => `${code} ${toParam(path)}`;
