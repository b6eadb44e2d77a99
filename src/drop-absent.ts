/** Only the fields that have a value: what a client left out, or sent as null, is not passed on. */
export function dropAbsent<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  // Object.fromEntries can't keep the keys' types.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
