import type { Page } from '../store/page.ts';

/** Returns a page in the API's form, with the ids of its first and last entry, or `null` for an empty page. */
export function toList<Entry extends { id?: string | null }>({ data, hasMore }: Page<Entry>) {
  return {
    object: 'list' as const,
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: hasMore,
  };
}
