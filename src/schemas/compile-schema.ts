import { type Applicable, applySchema, type Budget } from './apply-schema.ts';
import { dropUnchecked } from './drop-unchecked.ts';
import { type LinearPattern, toLinearPattern } from './linear-pattern.ts';
import type { PlainDocument, PlainSchema } from './plain-schema.ts';
import { toPlainDocument } from './to-plain-document.ts';

export interface CompiledSchema {
  /**
   * Returns what is wrong with a value, for the model and the client to read; `undefined` when it fits. Throws a
   * TooExpensive when that takes more than the budget.
   */
  complain(value: unknown, budget: Budget): string | undefined;
  /** The regular expressions that can't be checked: every value passes them. */
  unchecked: string[];
}

/** Reads a client's JSON Schema that `checkSchema` has accepted. Code is generated for none of it. */
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

/** Whether anything asks which parts of a value were evaluated. A name of a property may be the same: that does no harm. */
function tracks({ root, definitions }: PlainDocument): boolean {
  return [root, ...definitions].some(asks);
}

function asks(value: PlainSchema | unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Object.hasOwn(value, 'unevaluatedProperties') || Object.hasOwn(value, 'unevaluatedItems')) return true;
  return Object.values(value).some(asks);
}
