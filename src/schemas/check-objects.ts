import type { PlainSchema } from './plain-schema.ts';
import type { Check, Run, Scope } from './scope.ts';

type JsonObject = Record<string, unknown>;
/** Number of names that cost one step. */
const namesPerStep = 5;

type SchemaMap = Record<string, PlainSchema>;

export const objectChecks: ReadonlyMap<string, Check<JsonObject>> = new Map<string, Check<JsonObject>>([
  [
    'minProperties',
    (least, value, { run }) =>
      listNames(value, run).length >= Number(least) || run.fault(`must NOT have fewer than ${least} properties`),
  ],
  [
    'maxProperties',
    (most, value, { run }) =>
      listNames(value, run).length <= Number(most) || run.fault(`must NOT have more than ${most} properties`),
  ],
  ['required', (names, value, scope) => requireAll(names as string[], value, scope)],
  [
    'dependentRequired',
    (lists, value, scope) =>
      ofPresent(lists as Record<string, string[]>, value, scope.run).every((names) => requireAll(names, value, scope)),
  ],
  [
    'dependencies',
    (members, value, scope) =>
      ofPresent(members as Record<string, string[] | PlainSchema>, value, scope.run).every((member) =>
        Array.isArray(member) ? requireAll(member, value, scope) : scope.run.applyHere(member, value, scope.seen),
      ),
  ],
  [
    'dependentSchemas',
    (schemas, value, { run, seen }) =>
      ofPresent(schemas as SchemaMap, value, run).every((schema) => run.applyHere(schema, value, seen)),
  ],
  [
    'properties',
    (schemas, value, scope) =>
      listNames(schemas as SchemaMap, scope.run).every(
        (name) =>
          !Object.hasOwn(value, name) || checkProperty((schemas as SchemaMap)[name] ?? true, name, value, scope),
      ),
  ],
  [
    'patternProperties',
    (schemas, value, scope) =>
      Object.entries(schemas as SchemaMap).every(([pattern, schema]) =>
        listNames(value, scope.run).every(
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
      listNames(value, run).every((name) => run.applyTo(schema as PlainSchema, name, name)) ||
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
  for (const name of listNames(value, scope.run)) {
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
  run.spend(names.length / namesPerStep);
  const missing = names.find((name) => !Object.hasOwn(value, name));
  return missing === undefined || run.fault(`must have required property '${missing}'`);
}

/** Returns the members whose names are properties of the value. */
const ofPresent = <T>(members: Record<string, T>, value: JsonObject, run: Run): T[] => {
  run.spend(1);
  return listNames(members, run).flatMap((name) => (Object.hasOwn(value, name) ? [members[name] as T] : []));
};

/** Lists the names of an object and spends steps in proportion to their number. */
function listNames(value: object, run: Run): string[] {
  const names = Object.keys(value);
  run.spend(names.length / namesPerStep);
  return names;
}
