import { ApiError } from '../../errors/api-error.ts';
import type { StoredItem } from '../../store/stored-item.ts';
import { toFunctionResult } from '../../tools/client-run/client-run-kinds.ts';

/** Throws an ApiError for an output in `input` whose call is neither before it nor in the history. */
export function checkPairs(history: StoredItem[], input: StoredItem[]): void {
  const calls = new Set<unknown>(history.map(callOf));
  // A compaction hides the calls that it sums up.
  if ([...history, ...input].some((item) => item['type'] === 'compaction')) return;
  for (const [index, item] of input.entries()) {
    const answered = answeredBy(item);
    if (answered !== undefined && !calls.has(answered)) {
      const kind = String(item['type']).replace('custom_tool', 'function').replaceAll('_', ' ');
      const message = `No tool call found for ${kind} with call_id ${answered}.`;
      throw new ApiError('invalid_value', message, { param: `input[${index}].call_id` });
    }
    calls.add(callOf(item));
  }
}

const callOf = (item: StoredItem): unknown => (answeredBy(item) === undefined ? item['call_id'] : undefined);

/** Returns the ID of the call that an output of the client's answers; `undefined` for any other item. */
function answeredBy(item: StoredItem): unknown {
  const { type, call_id: callId } = item;
  if (type === 'function_call_output' || type === 'custom_tool_call_output') return callId;
  return toFunctionResult(item)?.callId;
}
