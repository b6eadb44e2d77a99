import type { Handler } from '../../../../contract/operations.ts';
import { ok } from '../../../ok.ts';
import { findRules, type RulesDeps } from './find-rules.ts';

export function getRules(deps: RulesDeps): Handler<'getRules'> {
  return async ({ query }) => ok(findRules(deps, query.agent).report());
}
