import type { StoredItem } from '../store/stored-item.ts';

/**
 * For `truncation: auto`: the newest `limit` items of a history. Messages of the system and compaction summaries stay
 * whatever their age, a tool's output never stays without its call, and neither does one in the `input` that follows.
 */
export function truncateItems(items: StoredItem[], limit: number, input: StoredItem[] = []): StoredItem[] {
  if (items.length <= limit) return items;
  const cut = items.length - limit;
  const awaited = new Set(input.filter(isOutput).map((item) => item['call_id']));
  const isKept = (item: StoredItem) => isPinned(item) || (isCall(item) && awaited.has(item['call_id']));
  const old = items.slice(0, cut);
  const lostCalls = new Set(old.filter((item) => isCall(item) && !isKept(item)).map((item) => item['call_id']));
  return [
    ...old.filter(isKept),
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

const isCall = (item: StoredItem): boolean => item['call_id'] !== undefined && !isOutput(item);
