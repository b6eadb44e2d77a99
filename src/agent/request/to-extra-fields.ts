/**
 * Returns the fields of a request that have no effect here, because the contract does not define them or `known` marks
 * them as `ignored`; `undefined` without any. An agent may be set to pass them on.
 */
export function toExtraFields(
  request: object,
  known: Readonly<Record<string, string>>,
): Record<string, unknown> | undefined {
  let extra: Record<string, unknown> | undefined;
  for (const [name, value] of Object.entries(request)) {
    if (Object.hasOwn(known, name) && known[name] !== 'ignored') continue;
    extra ??= {};
    extra[name] = value;
  }
  return extra;
}
