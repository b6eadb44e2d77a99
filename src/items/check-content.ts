import type { Schemas } from '../contract/types.ts';
import type { StoredItem } from '../store/stored-item.ts';
import { type OpenSealed, openCompaction, readReasoning } from './open-sealed.ts';
import { toAgentParts } from './to-agent-parts.ts';

/**
 * Throws an ApiError for content that no agent supports. Without this check a stored item would fail every later turn.
 * `param` is the path of the item.
 */
export function checkContent(stored: StoredItem, open: OpenSealed, param: string): void {
  // `toInputItems` made the item.
  const item = stored as Schemas['InputItem'];
  switch (item.type) {
    case 'message':
      if (item.role === 'user' || item.role === 'assistant') toAgentParts(item.content, `${param}.content`);
      return;
    case 'function_call_output':
    case 'custom_tool_call_output':
      toAgentParts(item.output, `${param}.output`);
      return;
    case 'reasoning':
      readReasoning(item, open, param);
      return;
    case 'compaction':
      openCompaction(item, open, param);
      return;
    default:
      return;
  }
}
