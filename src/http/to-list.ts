import type { Page } from '../store/page.ts';

/** A page as the API shows it, with the ids between which it lies: `null` when it is empty. */
export function toList<Entry extends { id?: string | null }>({ data, hasMore }: Page<Entry>) {
  return {
    object: 'list' as const,
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: hasMore,
  };
}
