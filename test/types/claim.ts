import type { exceptions } from './exceptions.ts';
import type { Complete, Mismatch, NotNull, Plain, Same, UnionMismatch } from './mismatch.ts';

type Exceptions = typeof exceptions;

/** `true` if the differences found are exactly those listed under the name. */
type Listed<Name extends keyof Exceptions, Found extends string> = Same<Found, keyof Exceptions[Name]>;

/** Claims that a value of `From` can be used as `To`, except for the listed fields. */
export type Fits<Name extends keyof Exceptions, From, To> = Listed<Name, Mismatch<Plain<From>, To>>;

/**
 * Claims the opposite direction, where one side is stricter by intent: replies have every optional field, and requests
 * accept null for optional ones. Compares only the values.
 */
export type FitsBack<Name extends keyof Exceptions, From, To> = Listed<Name, Mismatch<Complete<From>, NotNull<To>>>;

/** Claims `Fits` for unions with the tag `Tag`. */
export type EachFits<
  Name extends keyof Exceptions,
  From extends object,
  To extends object,
  Tag extends string,
> = Listed<Name, UnionMismatch<Plain<From>, To, Tag>>;

/** Claims `FitsBack` for unions with the tag `Tag`. */
export type EachFitsBack<
  Name extends keyof Exceptions,
  From extends object,
  To extends object,
  Tag extends string,
> = Listed<Name, UnionMismatch<Complete<From>, NotNull<To>, Tag>>;

/** Claims that the unsupported fields of a request are exactly those listed under the name. */
export type Knows<Name extends keyof Exceptions, Fields extends string> = Listed<Name, Fields>;
