import { keywords, listSubschemas } from './keywords.ts';
import { findDefinition, type PlainDocument, type PlainSchema } from './plain-schema.ts';

/**
 * Removes the patterns that cannot be checked, so that every value passes them. Keywords that would become stricter
 * (`not`, `if`, `oneOf`, the upper bound of `contains`, properties that no pattern matches) are relaxed if such a
 * pattern is below them. A value that the original schema allows is never rejected.
 */
export function dropUnchecked(document: PlainDocument, isChecked: (pattern: string) => boolean): PlainDocument {
  const dropper = new Dropper(document, isChecked);
  return { root: dropper.drop(document.root), definitions: document.definitions.map((schema) => dropper.drop(schema)) };
}

class Dropper {
  readonly #document: PlainDocument;
  readonly #isChecked: (pattern: string) => boolean;

  constructor(document: PlainDocument, isChecked: (pattern: string) => boolean) {
    this.#document = document;
    this.#isChecked = isChecked;
  }

  drop(schema: PlainSchema): PlainSchema {
    if (typeof schema === 'boolean') return schema;
    const kept = new Map(Object.entries(schema));
    if (!this.#patternsOf(schema, 'pattern')) kept.delete('pattern');
    if (!this.#patternsOf(schema, 'patternProperties')) {
      kept.delete('additionalProperties');
      const named = Object.entries(Object(schema['patternProperties'])).filter(([name]) => this.#isChecked(name));
      kept.set('patternProperties', Object.fromEntries(named));
    }
    for (const name of ['not', 'if', 'oneOf', 'contains', 'unevaluatedProperties', 'unevaluatedItems']) {
      // Evaluation may depend on any pattern of the schema, also behind a reference.
      const cause = name.startsWith('unevaluated') ? schema : { [name]: schema[name] };
      if (kept.has(name) && this.#leadsToUnchecked(cause)) relax(kept, name);
    }
    return Object.fromEntries([...kept].map(([name, value]) => [name, this.#dropWithin(name, value)]));
  }

  #dropWithin(name: string, value: unknown): unknown {
    const kind = keywords.get(name)?.kind;
    if (kind === 'schema') return this.drop(value as PlainSchema);
    if (kind === 'schemas') return Array.from(Object(value), (member) => this.drop(member as PlainSchema));
    if (kind !== 'schema-map' && kind !== 'dependencies') return value;
    const members = Object.entries(Object(value));
    return Object.fromEntries(
      members.map(([key, member]) => [key, Array.isArray(member) ? member : this.drop(member as PlainSchema)]),
    );
  }

  /** Whether the patterns of a keyword can all be checked. */
  #patternsOf(schema: PlainSchema & object, keyword: 'pattern' | 'patternProperties'): boolean {
    const value = schema[keyword];
    if (value === undefined) return true;
    return keyword === 'pattern' ? this.#isChecked(`${value}`) : Object.keys(Object(value)).every(this.#isChecked);
  }

  #leadsToUnchecked(start: PlainSchema): boolean {
    const seen = new Set<PlainSchema>([start]);
    // Iterating over a set also visits schemas added meanwhile.
    for (const schema of seen) {
      if (typeof schema === 'boolean') continue;
      if (!this.#patternsOf(schema, 'pattern') || !this.#patternsOf(schema, 'patternProperties')) return true;
      if (schema['$ref'] !== undefined) seen.add(findDefinition(this.#document, schema['$ref']));
      for (const [name, value] of Object.entries(schema)) {
        const keyword = keywords.get(name);
        if (keyword)
          for (const { schema: member } of listSubschemas(name, keyword, value)) seen.add(member as PlainSchema);
      }
    }
    return false;
  }
}

function relax(kept: Map<string, unknown>, name: string): void {
  if (name === 'contains') {
    kept.delete('maxContains');
    return;
  }
  if (name === 'oneOf')
    kept.set('allOf', [...Array.from(Object(kept.get('allOf') ?? [])), { anyOf: kept.get('oneOf') }]);
  if (name === 'if') for (const branch of ['then', 'else']) kept.delete(branch);
  kept.delete(name);
}
