import { interruptedCall } from '../../tools/interrupted-call.ts';
import type { FinalStatus } from './open-item.ts';

type Fields = Record<string, unknown>;

/** The statuses of items in progress. */
const running: ReadonlySet<unknown> = new Set(['in_progress', 'searching', 'interpreting', 'generating', 'calling']);

/** The types whose items can fail. */
const failing: ReadonlySet<unknown> = new Set([
  'mcp_call',
  'web_search_call',
  'file_search_call',
  'code_interpreter_call',
  'image_generation_call',
]);

/**
 * Returns an item as it ends with a response that ended before it. `status` is the status of an item that cannot fail.
 * Items that are not in progress, or have no status, stay as they are.
 */
export function interruptItem<Item extends Fields>(item: Item, status: FinalStatus): Item {
  const { type } = item;
  if (!running.has(item['status'])) return item;
  if (type === 'mcp_call') return { ...item, status: 'failed', output: null, error: interruptedCall };
  if (failing.has(type)) return { ...item, status: 'failed' };
  // The contract has no other final status for a patch.
  return { ...item, status: type === 'apply_patch_call' ? 'completed' : status };
}
