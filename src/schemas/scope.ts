import type { PlainSchema } from './plain-schema.ts';
import type { Seen } from './seen.ts';

/** State shared by the keywords of one schema during the check of one value. */
export interface Scope {
  schema: PlainSchema & object;
  /** The evaluated parts of the value; `undefined` unless the document has `unevaluated*` keywords. */
  seen: Seen | undefined;
  run: Run;
}

/** One check of one value. Its methods throw a TooExpensive when it exceeds its budget. */
export interface Run {
  spend(steps: number): void;
  /** Records a fault of the current value. Returns false. */
  fault(message: string): false;
  /** Applies a schema to the current value. */
  applyHere(schema: PlainSchema, value: unknown, seen: Seen | undefined): boolean;
  /** Applies a schema to a part of the current value. */
  applyTo(schema: PlainSchema, value: unknown, name: string | number): boolean;
  /** Runs `apply` and discards the faults it records if it returns true. */
  attempt(apply: () => boolean): boolean;
  /** Whether a text matches a regular expression. */
  matches(pattern: string, text: string): boolean;
  /** Returns the target of a reference. */
  follow(reference: unknown): PlainSchema;
  /** Returns a new record if the document needs one. */
  createSeen(): Seen | undefined;
}

/** Thrown when a check exceeds its budget. */
export class TooExpensive extends Error {}

export type Check<T> = (argument: unknown, value: T, scope: Scope) => boolean;
