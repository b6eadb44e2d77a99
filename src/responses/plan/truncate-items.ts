import type { StoredItem } from '../../store/stored-item.ts';
import { isUpdate } from './apply-updates.ts';

/**
 * Returns the newest `limit` items of a history, for `truncation: auto`. System messages, compaction summaries and
 * changes of settings are retained at any age. An output is never retained without its call, and a call that `input` answers is retained.
 */
export function truncateItems(items: StoredItem[], limit: number, input: StoredItem[] = []): StoredItem[] {
  if (items.length <= limit) return items;
  const cut = items.length - limit;
  const awaited = toAwaitedCalls(input);
  const isRetained = (item: StoredItem) => isPinned(item) || isAwaited(item, awaited);
  const old = items.slice(0, cut);
  const lostCalls = new Set(old.filter((item) => isCall(item) && !isRetained(item)).map((item) => item['call_id']));
  return [
    ...old.filter(isRetained),
    ...items.slice(cut).filter((item) => !(isToolOutput(item) && lostCalls.has(item['call_id']))),
  ];
}

/** Removes the outputs whose calls are not in the history. */
export function dropOrphans(items: StoredItem[]): StoredItem[] {
  const calls = new Set(items.filter(isCall).map((item) => item['call_id']));
  return items.filter((item) => !isToolOutput(item) || calls.has(item['call_id']));
}

/** Returns the ids of the calls and approval requests that an input answers. */
export const toAwaitedCalls = (input: StoredItem[]): Set<unknown> =>
  new Set(
    input.flatMap((item) => {
      if (item['type'] === 'mcp_approval_response') return [item['approval_request_id']];
      return isToolOutput(item) ? [item['call_id']] : [];
    }),
  );

/** Whether an item is one of these calls or approval requests. */
export const isAwaited = (item: StoredItem, awaited: ReadonlySet<unknown>): boolean =>
  item['type'] === 'mcp_approval_request' ? awaited.has(item.id) : isCall(item) && awaited.has(item['call_id']);

const isFromSystem = (item: StoredItem): boolean =>
  item['type'] === 'message' && (item['role'] === 'system' || item['role'] === 'developer');

/** Whether an item replaces everything before it. */
export const isSummary = (item: StoredItem): boolean => item['type'] === 'compaction';

/** Whether an item applies to all later turns, whatever becomes of the conversation before it. */
export const isLasting = (item: StoredItem): boolean => isFromSystem(item) || isUpdate(item);

const isPinned = (item: StoredItem): boolean => isLasting(item) || isSummary(item);

/** Whether an item is the output of any tool, hosted tools included. */
function isToolOutput(item: StoredItem): boolean {
  return typeof item['type'] === 'string' && item['type'].endsWith('_output');
}

const isCall = (item: StoredItem): boolean => item['call_id'] !== undefined && !isToolOutput(item);
