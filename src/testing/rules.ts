import type { Schemas } from '../contract/types.ts';
import type { AdminClient } from './admin-client.ts';

export type Rule = Schemas['Rule'];
export type RuleSet = Schemas['RuleSet'];
export type RuleReport = Schemas['RuleReport'];

/** The rules that the server answers with. Each change counts all `times` and `call` from the beginning. */
export interface Rules {
  /** Replaces all rules. Rejects with an AdminError that names the first invalid value. */
  replace(rules: readonly Rule[] | RuleSet): Promise<RuleReport>;
  /** Adds rules before the others, so that they win. */
  add(...rules: Rule[]): Promise<RuleReport>;
  /** Restores the rules that the server was started with. */
  reset(): Promise<RuleReport>;
  /** Returns the rules, and how often each has matched. */
  list(): Promise<RuleReport>;
}

/** The rules of a server that was started with `initial`; `undefined`: those of its file. */
export function createRules(send: AdminClient, initial: RuleSet | undefined): Rules {
  const put = (rules: RuleSet): Promise<RuleReport> => send('PUT', '/rules', rules);
  const list = (): Promise<RuleReport> => send('GET', '/rules');
  return {
    replace: (rules) => put(toRuleSet(rules)),
    async add(...rules) {
      const { strict, seed, models, rules: present } = await list();
      return put({ strict, seed, models, rules: [...rules, ...present.map(({ rule }) => rule)] });
    },
    reset: () => (initial ? put(initial) : send('DELETE', '/rules')),
    list,
  };
}

export const toRuleSet = (rules: readonly Rule[] | RuleSet): RuleSet =>
  'rules' in rules ? rules : { rules: [...rules] };
