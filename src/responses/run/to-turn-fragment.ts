import { toFragment } from '../../agent/history/to-fragment.ts';
import { limits } from '../../config/limits.ts';
import type { TurnFragment } from '../../store/response-store.ts';
import type { StoredItem } from '../../store/stored-item.ts';
import type { Origin } from '../plan/read-origin.ts';
import { toAgentMessages } from '../plan/to-agent-messages.ts';

/**
 * Returns the messages of a turn for later turns to send as they are. `undefined`: later turns need its items, or those
 * of the turns before it.
 */
export function toTurnFragment(origin: Origin, items: StoredItem[]): TurnFragment | undefined {
  if ((origin.parentId && !origin.joined) || !items.every(isPlain)) return undefined;
  const { system, messages } = toAgentMessages({ history: [], input: items, open: () => undefined });
  const fragment = toFragment(messages, origin.joined);
  const systemTexts = system.map((text) => JSON.stringify(text)).join(',');
  if (!fragment || fragment.messages.length + systemTexts.length > limits.fragmentCharacters) return undefined;
  return { ...fragment, system: systemTexts };
}

const plainTypes: ReadonlySet<unknown> = new Set([
  'message',
  'reasoning',
  'function_call',
  'function_call_output',
  'custom_tool_call',
  'custom_tool_call_output',
]);

/** Whether an item matters to later turns by its message alone, which holds all of its text. */
const isPlain = ({ type, encrypted_content: sealed }: StoredItem): boolean => plainTypes.has(type) && !sealed;
