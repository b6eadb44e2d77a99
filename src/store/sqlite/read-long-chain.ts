import type { HistoryBounds } from '../history-bounds.ts';
import { countHeads, readCut } from '../shared/cut-history.ts';
import { toItem } from '../shared/parse-json.ts';
import { type ChainItem, type LimitedTurns, toLimitedTurns } from '../shared/to-turns.ts';
import type { ChainItemRow, HeadRow, ResponseStatements } from './statements/response-statements.ts';

type ReadStatements = Pick<ResponseStatements, 'chainKeys' | 'heads' | 'chainFrom' | 'chainItem'>;

/** Reads the allowed part of a chain that exceeds its bounds. Requires a transaction of the caller. */
export function readLongChain(statements: ReadStatements, key: number, bounds: HistoryBounds): LimitedTurns {
  const { chainFrom, chainItem } = statements;
  const items = readCut(readHeads(statements, key, bounds), bounds, {
    from: (head) => chainFrom.all({ key, items: bounds.items, from: head.key }).map(toChainItem),
    one: (head) => chainItem.all({ key: head.key }).map(toChainItem),
    toItem: ({ item }) => item,
  });
  return toLimitedTurns(items);
}

/** Returns the newest first. */
function readHeads({ chainKeys, heads }: ReadStatements, key: number, bounds: HistoryBounds): HeadRow[] {
  const found: HeadRow[] = [];
  for (const turn of chainKeys.all({ key, items: bounds.items })) {
    for (const head of heads.all({ key: turn, items: countHeads(bounds) - found.length })) found.push(head);
    if (found.length >= countHeads(bounds)) break;
  }
  return found;
}

const toChainItem = ({ id, isOutput, body }: ChainItemRow): ChainItem => ({
  id,
  isOutput: isOutput === 1,
  item: toItem(body),
});
