import { type Applicable, applySchema, type Budget } from './apply-schema.ts';
import { dropUnchecked } from './drop-unchecked.ts';
import { type LinearPattern, toLinearPattern } from './linear-pattern.ts';
import type { PlainDocument, PlainSchema } from './plain-schema.ts';
import { toPlainDocument } from './to-plain-document.ts';

export interface CompiledSchema {
  /**
   * Returns a description of the mismatch for the model and the client, or `undefined` when the value fits. Throws a
   * TooExpensive when the check exceeds its budget.
   */
  complain(value: unknown, budget: Budget): string | undefined;
  /** Regular expressions that cannot be checked. Every value passes them. */
  unchecked: string[];
}

/** Compiles a JSON Schema that `checkSchema` has accepted, without generating code. */
export function compileSchema(schema: Record<string, unknown>): CompiledSchema {
  const patterns = new Map<string, LinearPattern | undefined>();
  const find = (pattern: string): LinearPattern | undefined => {
    if (!patterns.has(pattern)) patterns.set(pattern, toLinearPattern(pattern));
    return patterns.get(pattern);
  };
  const document = dropUnchecked(toPlainDocument(schema), (pattern) => find(pattern) !== undefined);
  const applicable: Applicable = {
    document,
    pattern: (source) => find(source) ?? { test: () => true },
    tracks: tracks(document),
  };
  return {
    unchecked: [...patterns].flatMap(([pattern, linear]) => (linear ? [] : [pattern])),
    complain: (value, budget) => applySchema(applicable, value, budget),
  };
}

/** Whether the document uses `unevaluated*` keywords. A property of the same name is a harmless false positive. */
function tracks({ root, definitions }: PlainDocument): boolean {
  return [root, ...definitions].some(usesUnevaluated);
}

function usesUnevaluated(value: PlainSchema | unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Object.hasOwn(value, 'unevaluatedProperties') || Object.hasOwn(value, 'unevaluatedItems')) return true;
  return Object.values(value).some(usesUnevaluated);
}
