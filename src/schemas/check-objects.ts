import type { PlainSchema } from './plain-schema.ts';
import type { Check, Scope } from './scope.ts';

type JsonObject = Record<string, unknown>;
type SchemaMap = Record<string, PlainSchema>;

export const objectChecks: ReadonlyMap<string, Check<JsonObject>> = new Map<string, Check<JsonObject>>([
  [
    'minProperties',
    (least, value, { run }) =>
      count(value) >= Number(least) || run.fault(`must NOT have fewer than ${least} properties`),
  ],
  [
    'maxProperties',
    (most, value, { run }) => count(value) <= Number(most) || run.fault(`must NOT have more than ${most} properties`),
  ],
  ['required', (names, value, scope) => requireAll(names as string[], value, scope)],
  [
    'dependentRequired',
    (lists, value, scope) =>
      ofPresent(lists as Record<string, string[]>, value).every((names) => requireAll(names, value, scope)),
  ],
  [
    'dependencies',
    (members, value, scope) =>
      ofPresent(members as Record<string, string[] | PlainSchema>, value).every((member) =>
        Array.isArray(member) ? requireAll(member, value, scope) : scope.run.applyHere(member, value, scope.seen),
      ),
  ],
  [
    'dependentSchemas',
    (schemas, value, { run, seen }) =>
      ofPresent(schemas as SchemaMap, value).every((schema) => run.applyHere(schema, value, seen)),
  ],
  [
    'properties',
    (schemas, value, scope) =>
      Object.entries(schemas as SchemaMap).every(
        ([name, schema]) => !Object.hasOwn(value, name) || checkProperty(schema, name, value, scope),
      ),
  ],
  [
    'patternProperties',
    (schemas, value, scope) =>
      Object.entries(schemas as SchemaMap).every(([pattern, schema]) =>
        Object.keys(value).every(
          (name) => !scope.run.matches(pattern, name) || checkProperty(schema, name, value, scope),
        ),
      ),
  ],
  [
    'additionalProperties',
    (schema, value, scope) => {
      const patterns = Object.keys(Object(scope.schema['patternProperties']));
      const named = Object(scope.schema['properties']);
      const isAdditional = (name: string) =>
        !Object.hasOwn(named, name) && !patterns.some((pattern) => scope.run.matches(pattern, name));
      return checkOthers(schema, value, scope, { isOther: isAdditional, kind: 'additional' });
    },
  ],
  [
    'propertyNames',
    (schema, value, { run }) =>
      Object.keys(value).every((name) => run.applyTo(schema as PlainSchema, name, name)) ||
      run.fault('property name must be valid'),
  ],
]);

/** Runs after all other keywords of its schema. */
export const checkUnevaluatedProperties: Check<JsonObject> = (schema, value, scope) =>
  checkOthers(schema, value, scope, {
    isOther: (name) => !scope.seen?.hasName(name),
    kind: 'unevaluated',
  });

interface Others {
  isOther(name: string): boolean;
  kind: 'additional' | 'unevaluated';
}

function checkOthers(schema: unknown, value: JsonObject, scope: Scope, { isOther, kind }: Others): boolean {
  for (const name of Object.keys(value)) {
    scope.run.spend(0.1);
    if (!isOther(name)) continue;
    if (schema === false) return scope.run.fault(`must NOT have ${kind} properties`);
    if (!checkProperty(schema as PlainSchema, name, value, scope)) return false;
  }
  scope.seen?.addAllNames();
  return true;
}

function checkProperty(schema: PlainSchema, name: string, value: JsonObject, { run, seen }: Scope): boolean {
  seen?.addName(name);
  return run.applyTo(schema, value[name], name);
}

function requireAll(names: string[], value: JsonObject, { run }: Scope): boolean {
  run.spend(names.length / 10);
  const missing = names.find((name) => !Object.hasOwn(value, name));
  return missing === undefined || run.fault(`must have required property '${missing}'`);
}

/** The members whose names the value has as properties. */
const ofPresent = <T>(members: Record<string, T>, value: JsonObject): T[] =>
  Object.entries(members).flatMap(([name, member]) => (Object.hasOwn(value, name) ? [member] : []));

const count = (value: JsonObject): number => Object.keys(value).length;
