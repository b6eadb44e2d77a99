import type { ResponseId } from '../../../ids.ts';
import type { HistoryBounds } from '../../history-bounds.ts';
import type { JoinedHistory } from '../../response-store.ts';
import { countHeads, readCut } from '../../shared/cut-history.ts';
import { type ChainItem, type LimitedTurns, toLimitedTurns } from '../../shared/to-turns.ts';
import { parseItems, type ResponseContent } from './response-content.ts';
import { fromSerializedItem, type SerializedItem } from './serialized-item.ts';

interface Turn {
  readonly id: ResponseId;
  readonly content: ResponseContent;
  readonly parent: Turn | undefined;
}

interface Head extends SerializedItem {
  turn: Turn;
  /** Index in the turn. */
  index: number;
  /** Index in the list of heads. */
  position: number;
}

/** Returns the turns of the chain that ends in a turn, within the bounds: their fragments if they can be joined. */
export function readTurns(last: Turn, bounds: HistoryBounds): LimitedTurns {
  const newestFirst: Turn[] = [];
  for (let turn: Turn | undefined = last; turn !== undefined; turn = turn.parent) newestFirst.push(turn);
  const bytes = newestFirst.reduce((sum, { content }) => sum + content.bytes, 0);
  const items = newestFirst.reduce((sum, { content }) => sum + content.items.length, 0);
  if (bytes <= bounds.bytes && items <= (bounds.joinedItems ?? -1)) {
    const joined = joinTurns(newestFirst);
    if (joined) return { turns: [], joined };
  }
  if (bytes <= bounds.bytes && items <= bounds.items) {
    return { turns: newestFirst.map(({ id, content }) => ({ id, ...parseItems(content) })).reverse() };
  }
  const heads = toHeads(newestFirst, countHeads(bounds));
  const read = readCut(heads, bounds, {
    from: (head) =>
      heads
        .slice(0, head.position + 1)
        .reverse()
        .map(toChainItem),
    one: (head) => [toChainItem(head)],
    toItem: ({ item }) => item,
  });
  return toLimitedTurns(read);
}

/** `undefined`: a turn has no fragment. */
function joinTurns(newestFirst: readonly Turn[]): JoinedHistory | undefined {
  const fragments = newestFirst.flatMap(({ content: { fragment } }) => fragment ?? []).reverse();
  if (fragments.length < newestFirst.length) return undefined;
  const join = (texts: string[]) => texts.filter((text) => text !== '').join(',');
  const system: string[] = JSON.parse(`[${join(fragments.map((fragment) => fragment.system))}]`);
  const messages = Buffer.from(join(fragments.map((fragment) => fragment.messages)));
  const { messages: lastTurn = '', openCalls = [] } = fragments.at(-1) ?? {};
  return { messages, system, openCalls, parentId: newestFirst[1]?.id, lastTurn };
}

function toHeads(newestFirst: readonly Turn[], limit: number): Head[] {
  const heads: Head[] = [];
  for (const turn of newestFirst) {
    for (const [index, item] of [...turn.content.items.entries()].reverse()) {
      if (heads.length >= limit) return heads;
      heads.push({ ...item, turn, index, position: heads.length });
    }
  }
  return heads;
}

const toChainItem = ({ turn: { id, content }, index, ...item }: Head): ChainItem => ({
  id,
  isOutput: index >= content.inputLength,
  item: fromSerializedItem(item),
});
