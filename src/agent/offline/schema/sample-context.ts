import type { ExpandContext } from './expand-schema.ts';
import type { NumberSequence } from './number-sequence.ts';

/** Stands for "no value": `null` and `undefined` would be mistaken for one. */
export const impossible = Symbol('impossible');

export interface SampleMemory {
  /** The numbers within each set of bounds. */
  numbers: Map<string, NumberSequence>;
  /** The members of each class of a regular expression. */
  members: Map<string, string[]>;
}

export interface SampleContext extends ExpandContext {
  /** Whether to give what a schema only allows: optional properties, an item in a list that may be empty. */
  optional: boolean;
  /** The schemas that the value being sampled lies within. */
  entered: ReadonlySet<object>;
  /** Results of earlier values of the same schemas. */
  memory: SampleMemory;
  /** Samples a schema below this one: the samplers of objects and lists can't import the one that calls them. */
  sample(schema: unknown, variant: number, context: SampleContext): unknown;
}
