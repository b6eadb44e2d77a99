/** The declared keys of an object type, without those an index signature allows. */
type Keys<T> = keyof { [K in keyof T as string extends K ? never : K]: T[K] } & string;

/**
 * The fields by which `From` can't be used as `To`: the value doesn't fit, or `To` needs a field that `From` may leave
 * out. `never` when it can.
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

/** The fields of `From` that `To` has not got. */
export type Unknown<From, To> = Exclude<Keys<From>, Keys<To>>;

/** The members that may have the tag `V`, which can be one of several in one member. */
type Member<U, D extends string, V> = U extends { [K in D]?: infer Tag } ? (V extends Tag ? U : never) : never;

/** A string that is open to others than those it names is `string & {}`: an object to the compiler. */
type Scalar = string | number | boolean | null | undefined;

/**
 * As `Mismatch`, for two unions told apart by the field `D`: `message.content` is a field of a member, `message` alone a
 * member that the other union has not got.
 */
export type UnionMismatch<From extends object, To extends object, D extends string> = {
  [V in Tags<From, D>]: [Member<To, D, V>] extends [never]
    ? V
    : `${V}.${Mismatch<Member<From, D, V>, Member<To, D, V>>}`;
}[Tags<From, D>];

type Tags<U, D extends string> = U extends { [K in D]?: infer V } ? Extract<V, string> : never;

/** Compiles to `true` when both are the same union of names, else to what only one of them has. */
export type Same<Found extends string, Listed extends PropertyKey> = [Found] extends [Listed]
  ? [Listed] extends [Found]
    ? true
    : { noLongerTrue: Exclude<Listed, Found> }
  : { notListed: Exclude<Found, Listed> };

/** The same type with every field, however deep, always given and never null. */
export type Given<T> = T extends Scalar
  ? T
  : T extends readonly (infer Element)[]
    ? Given<Element>[]
    : T extends object
      ? { [K in keyof T]-?: Given<Exclude<T[K], null | undefined>> }
      : T;

/** The same type with no field, however deep, that may be null. */
export type NotNull<T> = T extends Scalar
  ? T
  : T extends readonly (infer Element)[]
    ? NotNull<Element>[]
    : T extends object
      ? { [K in keyof T]: NotNull<Exclude<T[K], null>> }
      : T;

/** The same type, interfaces spelt out: only so can they be used where any object may stand. */
export type Plain<T> = T extends Scalar
  ? T
  : T extends readonly (infer Element)[]
    ? Plain<Element>[]
    : T extends object
      ? { [K in keyof T]: Plain<T[K]> }
      : T;
