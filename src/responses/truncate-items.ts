import type { StoredItem } from '../store/store.ts';

/**
 * For `truncation: auto`: the newest `limit` items of a history. Messages of the system and compaction summaries stay
 * whatever their age, and a tool's output never stays without its call.
 */
export function truncateItems(items: StoredItem[], limit: number): StoredItem[] {
  if (items.length <= limit) return items;
  const cut = items.length - limit;
  const dropped = items.slice(0, cut);
  const lostCalls = new Set(dropped.filter((item) => !isOutput(item)).map((item) => item['call_id']));
  return [
    ...dropped.filter(isPinned),
    ...items.slice(cut).filter((item) => !(isOutput(item) && lostCalls.has(item['call_id']))),
  ];
}

function isPinned(item: StoredItem): boolean {
  const fromSystem = item['type'] === 'message' && (item['role'] === 'system' || item['role'] === 'developer');
  return fromSystem || item['type'] === 'compaction';
}

function isOutput(item: StoredItem): boolean {
  return typeof item['type'] === 'string' && item['type'].endsWith('_output');
}
