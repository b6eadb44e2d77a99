import { type OpenSealed, tryOpenCompaction } from '../../items/open-sealed.ts';
import type { CompactedHistory } from '../../items/parse-compaction.ts';
import type { StoredItem } from '../../store/stored-item.ts';

/** Returns the last compaction of this server. It replaces the earlier ones, so that only one is unpacked. */
export function findCompaction(
  items: readonly StoredItem[],
  open: OpenSealed,
): (CompactedHistory & { index: number }) | undefined {
  for (let index = items.length - 1; index >= 0; index -= 1) {
    const item = items[index];
    if (item?.['type'] !== 'compaction') continue;
    const compacted = tryOpenCompaction({ encrypted_content: String(item['encrypted_content']) }, open, '');
    if (compacted) return { ...compacted, index };
  }
  return undefined;
}
