import type { ReapRequest } from '../../store.ts';

/** Returns at most `limit` entries that have expired at `now`, oldest first. */
export function findExpired<Entry>(
  entries: Iterable<Entry>,
  toExpiresAt: (entry: Entry) => number | undefined,
  { now, limit }: Pick<ReapRequest, 'now' | 'limit'>,
): Entry[] {
  const found: { entry: Entry; expiresAt: number }[] = [];
  for (const entry of entries) {
    const expiresAt = toExpiresAt(entry);
    if (expiresAt !== undefined && expiresAt <= now) found.push({ entry, expiresAt });
  }
  found.sort((one, other) => one.expiresAt - other.expiresAt);
  return found.slice(0, limit).map(({ entry }) => entry);
}
