import { createHash } from 'node:crypto';

/** The longest function name that every provider accepts. */
const longestName = 64;
const digestLength = 8;

/**
 * Returns one name for a tool in a namespace, for agents that support only flat names. It is the same each time, so
 * that a replayed call finds its tool. A name that is too long or has other characters is cut and ends in a digest.
 */
export function toFlatName(name: string, namespace?: string | null): string {
  const full = namespace ? `${namespace}__${name}` : name;
  const plain = full.replaceAll(/[^a-zA-Z0-9_-]/g, '_');
  if (plain === full && full.length <= longestName) return full;
  const digest = createHash('sha256').update(full).digest('hex').slice(0, digestLength);
  return `${plain.slice(0, longestName - digestLength - 1)}_${digest}`;
}
