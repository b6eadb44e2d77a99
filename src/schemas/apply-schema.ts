import { isObject } from '../json/is-object.ts';
import { arrayChecks, checkUnevaluatedItems } from './check-arrays.ts';
import { combinationChecks } from './check-combinations.ts';
import { checkUnevaluatedProperties, objectChecks } from './check-objects.ts';
import { anyChecks, numberChecks, stringChecks } from './check-scalars.ts';
import type { LinearPattern } from './linear-pattern.ts';
import { findDefinition, type PlainDocument, type PlainSchema } from './plain-schema.ts';
import { cut } from './schema-error.ts';
import { type Run, type Scope, TooExpensive } from './scope.ts';
import { Seen } from './seen.ts';

/** The budget of one check. */
export interface Budget {
  /** One step applies one schema to one value, or does equivalent work. */
  steps: number;
  /** Levels of nested schemas. */
  levels: number;
}

export interface Applicable {
  document: PlainDocument;
  pattern(source: string): LinearPattern;
  /** Whether the document has `unevaluatedProperties` or `unevaluatedItems`. */
  tracks: boolean;
}

/** Maximum length of a path, of a fault, and of a complaint: they contain texts of the model and the client. */
const nameCharacters = 150;
const complaintCharacters = 500;
const complaintFaults = 5;
/** Number of characters matched by a regular expression that cost one step. */
const patternCharactersPerStep = 10;

/**
 * Checks a value. Returns a description of the mismatch for the model and the client, or `undefined` when the value
 * fits. Throws a TooExpensive when the check exceeds its budget.
 */
export function applySchema(applicable: Applicable, value: unknown, budget: Budget): string | undefined {
  const application = new Application(applicable, budget);
  const fits = application.applyHere(applicable.document.root, value, application.createSeen());
  return fits ? undefined : cut(application.faults.join('; '), complaintCharacters);
}

class Application implements Run {
  readonly faults: string[] = [];
  readonly #applicable: Applicable;
  readonly #budget: Budget;
  readonly #path: (string | number)[] = [];
  #spent = 0;
  #levels = 0;

  constructor(applicable: Applicable, budget: Budget) {
    this.#applicable = applicable;
    this.#budget = budget;
  }

  spend(steps: number): void {
    this.#spent += steps;
    if (this.#spent > this.#budget.steps) throw new TooExpensive();
  }

  fault(message: string): false {
    if (this.faults.length < complaintFaults) {
      const path = this.#path.length === 0 ? 'it' : `/${this.#path.join('/')}`;
      this.faults.push(`${cut(path, nameCharacters)} ${cut(message, nameCharacters)}`);
    }
    return false;
  }

  applyTo(schema: PlainSchema, value: unknown, name: string | number): boolean {
    if (schema === true) return true;
    this.#path.push(name);
    const fits = this.applyHere(schema, value, this.createSeen());
    this.#path.pop();
    return fits;
  }

  applyHere(schema: PlainSchema, value: unknown, seen: Seen | undefined): boolean {
    this.spend(1);
    if (typeof schema === 'boolean') return schema || this.fault('boolean schema is false');
    this.#levels += 1;
    if (this.#levels > this.#budget.levels) throw new TooExpensive();
    // Contains only evaluations within this schema, not those of adjacent schemas.
    const scope = { schema, seen: this.createSeen(), run: this };
    const fits = this.#applyKeywords(scope, value);
    if (fits) seen?.merge(scope.seen);
    this.#levels -= 1;
    return fits;
  }

  attempt(apply: () => boolean): boolean {
    const { length } = this.faults;
    const fits = apply();
    if (fits) this.faults.length = length;
    return fits;
  }

  matches(pattern: string, text: string): boolean {
    this.spend(1 + text.length / patternCharactersPerStep);
    return this.#applicable.pattern(pattern).test(text);
  }

  follow(reference: unknown): PlainSchema {
    return findDefinition(this.#applicable.document, reference);
  }

  createSeen(): Seen | undefined {
    return this.#applicable.tracks ? new Seen() : undefined;
  }

  #applyKeywords(scope: Scope, value: unknown): boolean {
    const { schema } = scope;
    for (const [keyword, argument] of Object.entries(schema)) {
      if (!this.#applyKeyword(keyword, argument, value, scope)) return false;
    }
    const { unevaluatedProperties: properties, unevaluatedItems: items } = schema;
    if (properties !== undefined && isObject(value)) return checkUnevaluatedProperties(properties, value, scope);
    return items === undefined || !Array.isArray(value) || checkUnevaluatedItems(items, value, scope);
  }

  #applyKeyword(keyword: string, argument: unknown, value: unknown, scope: Scope): boolean {
    const check = anyChecks.get(keyword) ?? combinationChecks.get(keyword);
    if (check !== undefined) return check(argument, value, scope);
    if (typeof value === 'string') return stringChecks.get(keyword)?.(argument, value, scope) ?? true;
    if (typeof value === 'number') return numberChecks.get(keyword)?.(argument, value, scope) ?? true;
    if (Array.isArray(value)) return arrayChecks.get(keyword)?.(argument, value, scope) ?? true;
    return !isObject(value) || (objectChecks.get(keyword)?.(argument, value, scope) ?? true);
  }
}
