import { ApiError } from '../../errors/api-error.ts';
import type { HistoryBounds, HistoryLimits } from '../../store/history-bounds.ts';
import type { StoredItem } from '../../store/stored-item.ts';
import type { ResponseRequest } from '../responses-deps.ts';
import { isCall, isFromSystem, isSummary, toAwaitedCalls } from './truncate-items.ts';

/** How much of its history a turn with this input may read. The input counts too: both go to the agent. */
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
    isPinned: (item) => isFromSystem(item) || isBringingTools(item) || (isCall(item) && awaited.has(item['call_id'])),
  };
}

/** `param` names the history: `previous_response_id` or `conversation`. */
export function historyTooLong({ bytes, items }: HistoryLimits, param: string): ApiError {
  const message =
    `The history with this input is longer than ${bytes} bytes of JSON or ${items} items, the most that one turn may have. ` +
    "Compact the history before it gets there, start a new one, or send truncation: 'auto' to keep the newest items alone.";
  return new ApiError('context_length_exceeded', message, { param });
}

const isBringingTools = (item: StoredItem): boolean => item['type'] === 'additional_tools';
