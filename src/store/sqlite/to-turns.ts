import type { StoredTurn } from '../response-store.ts';
import { toItem } from '../shared/parse-json.ts';
import type { ChainRow, ItemRow } from './statements/response-statements.ts';

type Items = Pick<StoredTurn, 'input' | 'output'>;

/** Returns the items of one response from its ordered rows. */
export function toItems(rows: ItemRow[]): Items {
  const items: Items = { input: [], output: [] };
  for (const row of rows) addItem(items, row);
  return items;
}

/** Groups the rows of a chain into turns. The rows of a response are adjacent and in order. */
export function toTurns(rows: ChainRow[]): StoredTurn[] {
  const turns: StoredTurn[] = [];
  let turn: StoredTurn | undefined;
  for (const row of rows) {
    if (turn?.id !== row.id) {
      turn = { id: row.id, input: [], output: [] };
      turns.push(turn);
    }
    if (row.isOutput !== null) addItem(turn, row);
  }
  return turns;
}

function addItem(items: Items, { isOutput, body }: ItemRow): void {
  (isOutput === 1 ? items.output : items.input).push(toItem(body));
}
