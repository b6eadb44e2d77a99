import { limits } from '../../config/limits.ts';
import { ApiError } from '../../errors/api-error.ts';
import type { HistoryBounds, HistoryLimits } from '../../store/history-bounds.ts';
import type { StoredItem } from '../../store/stored-item.ts';
import type { ResponseRequest } from '../responses-deps.ts';
import { isAwaited, isLasting, isSummary, toAwaitedCalls } from './truncate-items.ts';

/**
 * Returns how much history a turn with this input may read. The input counts too: the agent receives both. `joins`:
 * whether the turn can use it as text.
 */
export function toHistoryBounds(
  { truncation }: Pick<ResponseRequest, 'truncation'>,
  { input, joins = false }: { input: StoredItem[]; joins?: boolean },
  { bytes, items }: HistoryLimits,
): HistoryBounds {
  const awaited = toAwaitedCalls(input);
  const isCut = truncation === 'auto';
  const left = items - input.length;
  return {
    bytes: bytes - Buffer.byteLength(JSON.stringify(input)),
    items: left,
    // Beyond its bound, `truncateItems` removes items.
    ...(joins ? { joinedItems: isCut ? Math.min(left, limits.truncatedHistoryItems) : left } : {}),
    beyond: isCut ? 'newest' : 'none',
    isSummary,
    isPinned: (item) => isLasting(item) || isToolDeclaration(item) || isAwaited(item, awaited),
  };
}

/**
 * Returns the error for a history over its limits. `param` names the history: `previous_response_id` or `conversation`.
 */
export function historyTooLong({ bytes, items }: HistoryLimits, param: string): ApiError {
  const message =
    `The history with this input exceeds the limit of ${bytes} bytes of JSON or ${items} items for one turn. ` +
    "Compact the history, start a new one, or send truncation: 'auto' to use only the newest items.";
  return new ApiError('context_length_exceeded', message, { param });
}

const isToolDeclaration = (item: StoredItem): boolean => item['type'] === 'additional_tools';
