import type { ExpandContext } from './expand-schema.ts';
import type { NumberSequence } from './number-sequence.ts';

/** Means that a schema allows no value. `null` and `undefined` could be samples. */
export const impossible = Symbol('impossible');

export interface SampleMemory {
  /** By bounds. */
  numbers: Map<string, NumberSequence>;
  /** The members of the character classes of regular expressions. */
  members: Map<string, string[]>;
}

export interface SampleContext extends ExpandContext {
  /** Whether to include optional properties, and an item in a list that may be empty. */
  optional: boolean;
  /** The schemas around the current one, to detect cycles. */
  entered: ReadonlySet<object>;
  /** Results shared by all values of one sample. */
  memory: SampleMemory;
  /** Samples a subschema. Passed on because the samplers of objects and lists cannot import their caller. */
  sample(schema: unknown, variant: number, context: SampleContext): unknown;
}
