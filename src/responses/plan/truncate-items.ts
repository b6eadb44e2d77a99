import type { StoredItem } from '../../store/stored-item.ts';

/**
 * For `truncation: auto`: the newest `limit` items of a history. Messages of the system and compaction summaries stay
 * whatever their age, a tool's output never stays without its call, and neither does one in the `input` that follows.
 */
export function truncateItems(items: StoredItem[], limit: number, input: StoredItem[] = []): StoredItem[] {
  if (items.length <= limit) return items;
  const cut = items.length - limit;
  const awaited = toAwaitedCalls(input);
  const isKept = (item: StoredItem) => isPinned(item) || (isCall(item) && awaited.has(item['call_id']));
  const old = items.slice(0, cut);
  const lostCalls = new Set(old.filter((item) => isCall(item) && !isKept(item)).map((item) => item['call_id']));
  return [
    ...old.filter(isKept),
    ...items.slice(cut).filter((item) => !(isOutput(item) && lostCalls.has(item['call_id']))),
  ];
}

/** Removes the outputs of tools whose calls a history has lost. */
export function dropOrphans(items: StoredItem[]): StoredItem[] {
  const calls = new Set(items.filter(isCall).map((item) => item['call_id']));
  return items.filter((item) => !isOutput(item) || calls.has(item['call_id']));
}

/** The calls whose outputs an input brings. */
export const toAwaitedCalls = (input: StoredItem[]): Set<unknown> =>
  new Set(input.filter(isOutput).map((item) => item['call_id']));

export const isFromSystem = (item: StoredItem): boolean =>
  item['type'] === 'message' && (item['role'] === 'system' || item['role'] === 'developer');

/** Whether an item stands for all that was said before it. */
export const isSummary = (item: StoredItem): boolean => item['type'] === 'compaction';

const isPinned = (item: StoredItem): boolean => isFromSystem(item) || isSummary(item);

function isOutput(item: StoredItem): boolean {
  return typeof item['type'] === 'string' && item['type'].endsWith('_output');
}

export const isCall = (item: StoredItem): boolean => item['call_id'] !== undefined && !isOutput(item);
