/**
 * Orders paths for matching, whatever their order in the document: segment by segment, a literal comes before a
 * parameter, so that `/v1/responses/compact` is never read as a response's ID.
 */
export function compareRoutes(one: string, other: string): number {
  const [left, right] = [toKey(one), toKey(other)];
  return left < right ? -1 : Number(left > right);
}

/** U+FFFF sorts after every character that a literal segment can have. */
const toKey = (path: string): string => path.replaceAll(/\{\w+\}/g, '\uffff');
