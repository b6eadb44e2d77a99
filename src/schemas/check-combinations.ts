import type { PlainSchema } from './plain-schema.ts';
import type { Check, Scope } from './scope.ts';

/** Keywords that apply other schemas to the same value. */
export const combinationChecks: ReadonlyMap<string, Check<unknown>> = new Map<string, Check<unknown>>([
  ['$ref', (reference, value, { run, seen }) => run.applyHere(run.follow(reference), value, seen)],
  [
    'allOf',
    (schemas, value, { run, seen }) => (schemas as PlainSchema[]).every((schema) => run.applyHere(schema, value, seen)),
  ],
  [
    'anyOf',
    (schemas, value, scope) => {
      const { run } = scope;
      const isMet = run.attempt(() => countMet(schemas, value, scope, scope.seen ? Number.POSITIVE_INFINITY : 1) > 0);
      return isMet || run.fault('must match a schema in anyOf');
    },
  ],
  [
    'oneOf',
    (schemas, value, scope) => {
      const { run } = scope;
      let met = 0;
      run.attempt(() => {
        met = countMet(schemas, value, scope, 2);
        return met > 0;
      });
      return met === 1 || run.fault('must match exactly one schema in oneOf');
    },
  ],
  [
    'not',
    (schema, value, { run }) => {
      let isMet = false;
      run.attempt(() => {
        isMet = run.applyHere(schema as PlainSchema, value, run.createSeen());
        return true;
      });
      return !isMet || run.fault('must NOT be valid');
    },
  ],
  [
    'if',
    (schema, value, scope) => {
      const { run, seen } = scope;
      let isMet = false;
      run.attempt(() => {
        isMet = meets(schema as PlainSchema, value, scope);
        return true;
      });
      const branch = scope.schema[isMet ? 'then' : 'else'];
      if (branch === undefined || run.applyHere(branch as PlainSchema, value, seen)) return true;
      return run.fault(`must match "${isMet ? 'then' : 'else'}" schema`);
    },
  ],
]);

/** Counts the schemas that the value meets, up to `most`. */
function countMet(schemas: unknown, value: unknown, scope: Scope, most: number): number {
  let met = 0;
  for (const schema of schemas as PlainSchema[]) {
    if (met < most && meets(schema, value, scope)) met += 1;
  }
  return met;
}

/** A schema that the value does not meet has evaluated nothing. */
function meets(schema: PlainSchema, value: unknown, { run, seen }: Scope): boolean {
  const own = run.createSeen();
  if (!run.applyHere(schema, value, own)) return false;
  run.spend((own?.size ?? 0) / 10);
  seen?.merge(own);
  return true;
}
