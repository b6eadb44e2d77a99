import type { ResponseId } from '../../ids.ts';
import type { StoredHistory, StoredTurn } from '../response-store.ts';
import type { StoredItem } from '../stored-item.ts';

/** An item of a chain, with the response that it belongs to. */
export interface ChainItem {
  id: ResponseId;
  isOutput: boolean;
  item: StoredItem;
}

/** The turns of a chain from its items, which come response by response and in order. */
function toTurns(items: Iterable<ChainItem>): StoredTurn[] {
  const turns: StoredTurn[] = [];
  let turn: StoredTurn | undefined;
  for (const { id, isOutput, item } of items) {
    if (turn?.id !== id) {
      turn = { id, input: [], output: [] };
      turns.push(turn);
    }
    (isOutput ? turn.output : turn.input).push(item);
  }
  return turns;
}

export type LimitedTurns = Pick<StoredHistory, 'turns' | 'limited'>;

/** The turns of a chain beyond its bounds, from what was read of it; `undefined`: nothing. */
export const toLimitedTurns = (items: ChainItem[] | undefined): LimitedTurns =>
  items === undefined ? { turns: [], limited: 'too-long' } : { turns: toTurns(items), limited: 'cut' };
