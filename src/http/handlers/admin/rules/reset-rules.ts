import type { Handler } from '../../../../contract/operations.ts';
import { ok } from '../../../ok.ts';
import { findRules, type RulesDeps } from './find-rules.ts';

export function resetRules(deps: RulesDeps): Handler<'resetRules'> {
  return async ({ query }) => {
    const rules = findRules(deps, query.agent);
    rules.reset();
    return ok(rules.report());
  };
}
