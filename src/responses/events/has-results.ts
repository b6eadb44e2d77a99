import type { OutputItem } from '../responses-deps.ts';
import { loopCalls } from './passed-items.ts';

/** Whether a tool of the loop has returned a result. */
export const hasResults = (output: readonly OutputItem[]): boolean =>
  output.some(
    (item) => loopCalls.has(item.type) && 'status' in item && (item.status === 'completed' || item.status === 'failed'),
  );
