import { ApiError } from '../../errors/api-error.ts';
import type { StoredItem } from '../../store/stored-item.ts';

/** Throws for a tool's output in `input` whose call is neither before it nor in the history. */
export function checkPairs(history: StoredItem[], input: StoredItem[]): void {
  const calls = new Set<unknown>(history.map(callOf));
  // The calls behind a compaction are not to be seen any more.
  if ([...history, ...input].some((item) => item['type'] === 'compaction')) return;
  for (const [index, item] of input.entries()) {
    if (isOutput(item) && !calls.has(item['call_id'])) {
      const message = `No tool call found for function call output with call_id ${item['call_id']}.`;
      throw new ApiError('invalid_value', message, { param: `input[${index}].call_id` });
    }
    calls.add(callOf(item));
  }
}

const callOf = (item: StoredItem): unknown => (isOutput(item) ? undefined : item['call_id']);

function isOutput(item: StoredItem): boolean {
  return item['type'] === 'function_call_output' || item['type'] === 'custom_tool_call_output';
}
