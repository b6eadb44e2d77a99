/** Only the fields that have a value: what a client left out, or sent as null, is not passed on. */
export function omitUndefined<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const present: { [K in keyof T]?: NonNullable<T[K]> } = {};
  // A loop: the lists that Object.entries makes are among the most there is of garbage in a request.
  for (const name in fields) {
    const value = fields[name];
    if (value !== undefined && value !== null) present[name] = value;
  }
  return present;
}
