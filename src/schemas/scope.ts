import type { PlainSchema } from './plain-schema.ts';
import type { Seen } from './seen.ts';

/** State shared by the keywords of one schema while one value is checked against it. */
export interface Scope {
  schema: PlainSchema & object;
  /** The evaluated parts of the value; `undefined` unless the document has `unevaluated*` keywords. */
  seen: Seen | undefined;
  run: Run;
}

/** One check of one value. Its methods throw a TooExpensive when the check exceeds its budget. */
export interface Run {
  spend(steps: number): void;
  /** Notes what is wrong with the value at hand. Returns false. */
  fault(message: string): false;
  /** Applies a schema to the value at hand. */
  applyHere(schema: PlainSchema, value: unknown, seen: Seen | undefined): boolean;
  /** Applies a schema to a part of the value at hand. */
  applyTo(schema: PlainSchema, value: unknown, name: string | number): boolean;
  /** Forgets the faults that `apply` notes when it returns true. */
  attempt(apply: () => boolean): boolean;
  /** Whether a text matches a regular expression. */
  matches(pattern: string, text: string): boolean;
  follow(reference: unknown): PlainSchema;
  /** A new record, where the document asks for it. */
  createSeen(): Seen | undefined;
}

/** Thrown when a check exceeds its budget. */
export class TooExpensive extends Error {}

export type Check<T> = (argument: unknown, value: T, scope: Scope) => boolean;
