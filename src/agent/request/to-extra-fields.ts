import { exactNumber, withExactNumbers } from '../../json/exact-numbers.ts';

/**
 * Returns the fields of a request that have no effect here, because the contract does not define them or `known` marks
 * them as `ignored`; `undefined` without any. An agent may be set to pass them on.
 */
export function toExtraFields(
  request: Readonly<Record<string, unknown>>,
  known: Readonly<Record<string, string>>,
): Record<string, unknown> | undefined {
  let extra: Record<string, unknown> | undefined;
  // A loop without entries: most requests have no such field, and this is garbage of every one.
  for (const name in request) {
    if (Object.hasOwn(known, name) && known[name] !== 'ignored') continue;
    extra ??= {};
    const value = request[name];
    extra[name] = typeof value === 'number' ? exactNumber(request, name, value) : withExactNumbers(value);
  }
  return extra;
}
