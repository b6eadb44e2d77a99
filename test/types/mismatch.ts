/** The declared keys of an object type, without index signatures. */
type Keys<T> = keyof { [K in keyof T as string extends K ? never : K]: T[K] } & string;

/**
 * The fields that prevent using `From` as `To`: the types differ, or `To` requires a field that is optional in `From`.
 * `never` if there are none.
 */
export type Mismatch<From, To> = {
  [K in Keys<To>]-?: K extends keyof From
    ? Pick<From, K> extends Pick<To, K>
      ? never
      : K
    : object extends Pick<To, K>
      ? never
      : K;
}[Keys<To>];

/** The fields of `From` that `To` lacks. */
export type Unknown<From, To> = Exclude<Keys<From>, Keys<To>>;

/** The members whose tag can be `V`. A member can have several tags. */
type Member<U, D extends string, V> = U extends { [K in D]?: infer Tag } ? (V extends Tag ? U : never) : never;

/** Includes strings, because the compiler treats `string & {}`, the type of open enums, as an object. */
type Scalar = string | number | boolean | null | undefined;

/**
 * The `Mismatch` of two unions with the tag `D`: `message.content` is a field of a member, `message` alone a member that
 * the other union lacks.
 */
export type UnionMismatch<From extends object, To extends object, D extends string> = {
  [V in Tags<From, D>]: [Member<To, D, V>] extends [never]
    ? V
    : `${V}.${Mismatch<Member<From, D, V>, Member<To, D, V>>}`;
}[Tags<From, D>];

/** The tags of the members, without that of a member for all other values: no other union has it. */
type Tags<U, D extends string> = U extends { [K in D]?: infer V } ? Exclude<Extract<V, string>, OtherTag> : never;

type OtherTag = `${string}:${string}`;

/** `true` if both are the same union of names, otherwise the names that only one of them has. */
export type Same<Found extends string, Listed extends PropertyKey> = [Found] extends [Listed]
  ? [Listed] extends [Found]
    ? true
    : { noLongerTrue: Exclude<Listed, Found> }
  : { notListed: Exclude<Found, Listed> };

/** The type with every field, at any depth, required and not null. */
export type Complete<T> = T extends Scalar
  ? T
  : T extends readonly (infer Element)[]
    ? Complete<Element>[]
    : T extends object
      ? { [K in keyof T]-?: Complete<Exclude<T[K], null | undefined>> }
      : T;

/** The type without null in any field, at any depth. */
export type NotNull<T> = T extends Scalar
  ? T
  : T extends readonly (infer Element)[]
    ? NotNull<Element>[]
    : T extends object
      ? { [K in keyof T]: NotNull<Exclude<T[K], null>> }
      : T;

/** The type with interfaces expanded, which makes them assignable to index signatures. */
export type Plain<T> = T extends Scalar
  ? T
  : T extends readonly (infer Element)[]
    ? Plain<Element>[]
    : T extends object
      ? { [K in keyof T]: Plain<T[K]> }
      : T;
