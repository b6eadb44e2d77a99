import { ApiError } from '../../errors/api-error.ts';
import type { StoredItem } from '../../store/stored-item.ts';

/** Throws an ApiError for an output in `input` whose call is neither before it nor in the history. */
export function checkPairs(history: StoredItem[], input: StoredItem[]): void {
  const calls = new Set<unknown>(history.map(callOf));
  // A compaction hides the calls that it sums up.
  if ([...history, ...input].some((item) => item['type'] === 'compaction')) return;
  for (const [index, item] of input.entries()) {
    if (isClientOutput(item) && !calls.has(item['call_id'])) {
      const message = `No tool call found for function call output with call_id ${item['call_id']}.`;
      throw new ApiError('invalid_value', message, { param: `input[${index}].call_id` });
    }
    calls.add(callOf(item));
  }
}

const callOf = (item: StoredItem): unknown => (isClientOutput(item) ? undefined : item['call_id']);

/** Whether an item is the output of a tool that the client runs. */
function isClientOutput(item: StoredItem): boolean {
  return item['type'] === 'function_call_output' || item['type'] === 'custom_tool_call_output';
}
