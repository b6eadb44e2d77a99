import type { exceptions } from './exceptions.ts';
import type { Given, Mismatch, NotNull, Plain, Same, UnionMismatch } from './mismatch.ts';

type Exceptions = typeof exceptions;

/** `true` when the differences found are those listed under the name. */
type Listed<Name extends keyof Exceptions, Found extends string> = Same<Found, keyof Exceptions[Name]>;

/** A value of `From` can be sent or read as `To`, the listed fields excepted. */
export type Fits<Name extends keyof Exceptions, From, To> = Listed<Name, Mismatch<Plain<From>, To>>;

/**
 * The way back, where one side is stricter by intent: answers give every field that clients may miss, requests take null
 * for each that they may leave out. So it is about the values alone.
 */
export type FitsBack<Name extends keyof Exceptions, From, To> = Listed<Name, Mismatch<Given<From>, NotNull<To>>>;

/** As above, for unions told apart by the field `Tag`. */
export type EachFits<
  Name extends keyof Exceptions,
  From extends object,
  To extends object,
  Tag extends string,
> = Listed<Name, UnionMismatch<Plain<From>, To, Tag>>;

export type EachFitsBack<
  Name extends keyof Exceptions,
  From extends object,
  To extends object,
  Tag extends string,
> = Listed<Name, UnionMismatch<Given<From>, NotNull<To>, Tag>>;

/** The fields of a request that we have not got are those listed under the name. */
export type Knows<Name extends keyof Exceptions, Fields extends string> = Listed<Name, Fields>;
