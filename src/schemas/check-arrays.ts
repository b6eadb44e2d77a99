import { toCanonicalText } from './canonical-text.ts';
import type { PlainSchema } from './plain-schema.ts';
import type { Check } from './scope.ts';

type List = readonly unknown[];

export const arrayChecks: ReadonlyMap<string, Check<List>> = new Map<string, Check<List>>([
  [
    'minItems',
    (least, { length }, { run }) => length >= Number(least) || run.fault(`must NOT have fewer than ${least} items`),
  ],
  [
    'maxItems',
    (most, { length }, { run }) => length <= Number(most) || run.fault(`must NOT have more than ${most} items`),
  ],
  [
    'uniqueItems',
    (wanted, value, { run }) => {
      if (wanted !== true) return true;
      const texts = new Set<string>();
      for (const item of value) {
        run.spend(1);
        texts.add(toCanonicalText(item, (steps) => run.spend(steps)));
      }
      return texts.size === value.length || run.fault('must NOT have duplicate items');
    },
  ],
  [
    'prefixItems',
    (schemas, value, { run, seen }) => {
      const prefix = (schemas as PlainSchema[]).slice(0, value.length);
      seen?.addItems(prefix.length);
      return prefix.every((schema, index) => run.applyTo(schema, value[index], index));
    },
  ],
  [
    'items',
    (schema, value, { run, seen, schema: { prefixItems } }) => {
      const first = Array.isArray(prefixItems) ? prefixItems.length : 0;
      if (schema === false && value.length > first) return run.fault(`must NOT have more than ${first} items`);
      seen?.addItems(value.length);
      for (let index = first; index < value.length; index++) {
        if (!run.applyTo(schema as PlainSchema, value[index], index)) return false;
      }
      return true;
    },
  ],
  [
    'contains',
    (schema, value, { run, seen, schema: { minContains = 1, maxContains } }) => {
      let found = 0;
      for (const [index, item] of value.entries()) {
        if (!run.attempt(() => run.applyTo(schema as PlainSchema, item, index))) continue;
        seen?.addPosition(index);
        found += 1;
      }
      if (found < Number(minContains)) return run.fault(`must contain at least ${minContains} valid item(s)`);
      if (maxContains === undefined || found <= Number(maxContains)) return true;
      return run.fault(`must contain no more than ${maxContains} valid item(s)`);
    },
  ],
]);

/** Runs after all other keywords of its schema. */
export const checkUnevaluatedItems: Check<List> = (schema, value, { run, seen }) => {
  for (const [index, item] of value.entries()) {
    if (seen?.hasItem(index)) continue;
    if (schema === false) return run.fault('must NOT have unevaluated items');
    if (!run.applyTo(schema as PlainSchema, item, index)) return false;
  }
  seen?.addItems(value.length);
  return true;
};
