import type { AgentEvent } from '../agent-client.ts';

/** Returns an event of an item of the loop. The receiver replaces its numbers and indexes. */
export const toItemEvent = (key: string, type: string, fields: Record<string, unknown> = {}): AgentEvent => ({
  type: 'item-event',
  key,
  event: { type, item_id: key, output_index: 0, ...fields },
});
