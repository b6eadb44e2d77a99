import type { ResponseId } from '../../ids.ts';
import type { HistoryBounds } from '../history-bounds.ts';
import { countHeads, joinCut, planCut } from '../shared/cut-history.ts';
import { toItem } from '../shared/parse-json.ts';
import { type ChainItem, type LimitedTurns, toLimitedTurns } from '../shared/to-turns.ts';
import type { Connection } from './connection/connection.ts';
import { type ChainItemRow, type HeadRow, responseStatements } from './statements/response-statements.ts';
import { fromItemKey } from './statements/sequence.ts';

const { heads, chainFrom, chainItems } = responseStatements;

/** Reads the allowed part of a chain that exceeds its bounds. */
export async function readLongChain(
  connection: Connection,
  { tenant, id }: { tenant: string; id: ResponseId },
  bounds: HistoryBounds,
): Promise<LimitedTurns> {
  const rows = await connection.rows<HeadRow>(heads, [tenant, id, bounds.items, countHeads(bounds)]);
  const cut = planCut(
    rows.map((row) => ({ ...row, id: fromItemKey(row.key) })),
    bounds,
  );
  if (cut === undefined) return toLimitedTurns(undefined);
  const { first } = cut;
  const from = first && [tenant, id, bounds.items, first.responseKey, first.position];
  const newest = from ? await connection.rows<ChainItemRow>(chainFrom, from) : [];
  const older = await readItems(connection, cut.older);
  const joined = joinCut(
    { older: older.map(toChainItem), newest: newest.map(toChainItem) },
    bounds,
    ({ item }) => item,
  );
  return toLimitedTurns(joined);
}

async function readItems(connection: Connection, wanted: HeadRow[]): Promise<ChainItemRow[]> {
  if (wanted.length === 0) return [];
  const keys = wanted.map(({ responseKey }) => responseKey).join(',');
  const positions = wanted.map(({ position }) => position).join(',');
  return connection.rows<ChainItemRow>(chainItems, [keys, positions]);
}

const toChainItem = ({ id, isOutput, body }: ChainItemRow): ChainItem => ({ id, isOutput, item: toItem(body) });
