import type { ResponseId } from '../../ids.ts';
import type { StoredHistory, StoredTurn } from '../response-store.ts';
import type { StoredItem } from '../stored-item.ts';

/** An item of a chain and its response. */
export interface ChainItem {
  id: ResponseId;
  isOutput: boolean;
  item: StoredItem;
}

/** Groups the items of a chain into turns. The items of a response are adjacent and in order. */
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

export type LimitedTurns = Pick<StoredHistory, 'turns' | 'limited' | 'joined'>;

/** Returns the history of a chain beyond its bounds. `undefined`: nothing was read. */
export const toLimitedTurns = (items: ChainItem[] | undefined): LimitedTurns =>
  items === undefined ? { turns: [], limited: 'too-long' } : { turns: toTurns(items), limited: 'cut' };
