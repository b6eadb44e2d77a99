import type { Handler } from '../../../../contract/operations.ts';
import { ok } from '../../../ok.ts';
import { findRules, type RulesDeps } from './find-rules.ts';

export function replaceRules(deps: RulesDeps): Handler<'replaceRules'> {
  return async ({ body, query }) => {
    const rules = findRules(deps, query.agent);
    rules.replace(body);
    return ok(rules.report());
  };
}
