import { createHash } from 'node:crypto';

/** What every provider takes as a function's name. */
const longestName = 64;
const digestLength = 8;

/**
 * One name for a tool in a namespace, for agents that know only flat names. The same tool always gets the same name, so
 * a replayed call finds its tool. A name that would be too long, or has other characters, is cut and told apart by a
 * digest.
 */
export function toFlatName(name: string, namespace?: string | null): string {
  const full = namespace ? `${namespace}__${name}` : name;
  const plain = full.replaceAll(/[^a-zA-Z0-9_-]/g, '_');
  if (plain === full && full.length <= longestName) return full;
  const digest = createHash('sha256').update(full).digest('hex').slice(0, digestLength);
  return `${plain.slice(0, longestName - digestLength - 1)}_${digest}`;
}
