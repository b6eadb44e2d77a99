import { ApiError } from '../../errors/api-error.ts';
import type { HistoryBounds, HistoryLimits } from '../../store/history-bounds.ts';
import type { StoredItem } from '../../store/stored-item.ts';
import type { ResponseRequest } from '../responses-deps.ts';
import { isAwaited, isLasting, isSummary, toAwaitedCalls } from './truncate-items.ts';

/** Returns how much history a turn with this input may read. The input counts too: the agent receives both. */
export function toHistoryBounds(
  { truncation }: Pick<ResponseRequest, 'truncation'>,
  input: StoredItem[],
  limits: HistoryLimits,
): HistoryBounds {
  const awaited = toAwaitedCalls(input);
  return {
    bytes: limits.bytes - Buffer.byteLength(JSON.stringify(input)),
    items: limits.items - input.length,
    beyond: truncation === 'auto' ? 'newest' : 'none',
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
