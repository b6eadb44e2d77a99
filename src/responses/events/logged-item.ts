import type { OutputItem, ResponseEvent } from '../responses-deps.ts';
import { foldOutput } from './fold-output.ts';

/** An output item as the log has it. */
export interface LoggedItem {
  item: OutputItem;
  isDone: boolean;
  /** Whether its last part has ended, though the item is open. */
  isPartEnded: boolean;
  /** Whether it belongs to a reply that was cut. The reply is asked for again. */
  isCut: boolean;
}

interface Journal {
  /** The number of events that the last step explains. Later ones belong to a reply that was cut. */
  explained: number;
  /** The items of the calls that the tool loop runs. */
  calls: ReadonlySet<string>;
}

/** Returns the output items in the log of a response, in order. */
export function toLoggedItems(events: readonly ResponseEvent[], journal: Journal): LoggedItem[] {
  const added = new Map<number, number>();
  const lastTypes = new Map<number, string>();
  for (const event of events) {
    if (!('output_index' in event)) continue;
    const { type, output_index: index } = event;
    if (type === 'response.output_item.added') added.set(index, event.sequence_number);
    lastTypes.set(index, type);
  }
  return foldOutput(events, 'in_progress').map((item, index) => ({
    item,
    isDone: lastTypes.get(index) === 'response.output_item.done',
    isPartEnded: lastTypes.get(index)?.endsWith('.done') ?? false,
    isCut: (added.get(index) ?? 0) >= journal.explained && !isOfLoop(item, journal.calls),
  }));
}

/** Whether the server made the item, rather than the model. Such an item continues after an interruption. */
function isOfLoop({ type, id }: OutputItem, calls: ReadonlySet<string>): boolean {
  return type === 'compaction' || calls.has(id) || /^mcp[lr]_[0-9a-f]{32}$/.test(id);
}

/**
 * Whether the reply that was cut can be asked for again: it holds text and reasoning alone. Otherwise the agent had begun
 * tools of its own, or the client a function, and their effects are unknown.
 */
export const isRepeatable = (items: readonly LoggedItem[]): boolean =>
  items.every(({ isCut, item }) => !isCut || item.type === 'message' || item.type === 'reasoning');
