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
      const matches = run.attempt(
        () => countMatches(schemas, value, scope, scope.seen ? Number.POSITIVE_INFINITY : 1) > 0,
      );
      return matches || run.fault('must match a schema in anyOf');
    },
  ],
  [
    'oneOf',
    (schemas, value, scope) => {
      const { run } = scope;
      let count = 0;
      run.attempt(() => {
        count = countMatches(schemas, value, scope, 2);
        return count > 0;
      });
      return count === 1 || run.fault('must match exactly one schema in oneOf');
    },
  ],
  [
    'not',
    (schema, value, { run }) => {
      let matches = false;
      run.attempt(() => {
        matches = run.applyHere(schema as PlainSchema, value, run.createSeen());
        return true;
      });
      return !matches || run.fault('must NOT be valid');
    },
  ],
  [
    'if',
    (schema, value, scope) => {
      const { run, seen } = scope;
      let matches = false;
      run.attempt(() => {
        matches = matchesSchema(schema as PlainSchema, value, scope);
        return true;
      });
      const branch = scope.schema[matches ? 'then' : 'else'];
      if (branch === undefined || run.applyHere(branch as PlainSchema, value, seen)) return true;
      return run.fault(`must match "${matches ? 'then' : 'else'}" schema`);
    },
  ],
]);

/** Counts the schemas that the value matches, up to `most`. */
function countMatches(schemas: unknown, value: unknown, scope: Scope, most: number): number {
  let count = 0;
  for (const schema of schemas as PlainSchema[]) {
    if (count < most && matchesSchema(schema, value, scope)) count += 1;
  }
  return count;
}

/** Whether the value matches a schema. Only a match counts as an evaluation of parts of the value. */
function matchesSchema(schema: PlainSchema, value: unknown, { run, seen }: Scope): boolean {
  const own = run.createSeen();
  if (!run.applyHere(schema, value, own)) return false;
  run.spend((own?.size ?? 0) / 10);
  seen?.merge(own);
  return true;
}
