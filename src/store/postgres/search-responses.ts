import { limits } from '../../config/limits.ts';
import type { ResponseId } from '../../ids.ts';
import type { FoundResult } from '../found-page.ts';
import type { FoundResponse, ResponseQuery, ResponseTree } from '../response-store.ts';
import { fromNumberCursor } from '../shared/cursors.ts';
import { toFoundPage } from '../shared/to-found-page.ts';
import { toFoundResponse } from '../shared/to-found-response.ts';
import { type NodeRow, toLongChain, toTree } from '../shared/to-tree.ts';
import type { Connection, Parameter } from './connection/connection.ts';
import type { Statement } from './statements/name-statements.ts';
import { type FoundResponseRow, searchStatements } from './statements/search-statements.ts';
import { fromSequence } from './statements/sequence.ts';

const statements = searchStatements;

/** The responses that a search examines. */
interface Scope {
  select: Statement;
  /** Omitted: the responses are few. */
  boundary?: Statement;
  parameter?: Parameter;
}

export async function searchResponses(
  query: ResponseQuery,
  connection: Connection,
): Promise<FoundResult<FoundResponse>> {
  const before = fromNumberCursor(query.after);
  if (before === undefined) return 'unknown-after';
  const { limit, text } = query;
  const scope = await findScope(query, connection);
  const owner = scope.parameter === undefined ? [] : [scope.parameter];
  const bounds = [limits.searchedResponses, text === undefined ? null : limits.searchedBytes];
  const last = scope.boundary && (await connection.row<{ key: number }>(scope.boundary, [before, ...bounds, ...owner]));
  const filters = [text === undefined ? null : toPattern(text), limits.foundItemBytes, limits.foundItems];
  const parameters = [before, last?.key ?? 0, limit + 1, ...filters, ...owner];
  return toFoundPage(await connection.rows<FoundResponseRow>(scope.select, parameters), {
    limit,
    boundary: last?.key.toString(),
    toCursor: ({ key }) => String(key),
    toEntry: (row) => toFoundResponse(row, fromSequence(row.input ?? '')),
  });
}

async function findScope({ id, tenant, conversationId }: ResponseQuery, connection: Connection): Promise<Scope> {
  if (id !== undefined) {
    const rows = await connection.rows<{ key: number }>(statements.findKeys, [tenant, id, conversationId]);
    return { select: statements.ofKeys, parameter: rows.map(({ key }) => key).join(',') };
  }
  if (conversationId !== undefined) {
    const row = await connection.row<{ key: number }>(statements.findConversation, [tenant, conversationId]);
    const boundary = statements.boundaryOfConversation;
    return { select: statements.ofConversation, boundary, parameter: row?.key ?? 0 };
  }
  if (tenant === undefined) return { select: statements.ofAll, boundary: statements.boundaryOfAll };
  return { select: statements.ofTenant, boundary: statements.boundaryOfTenant, parameter: tenant };
}

/** Returns a pattern for the JSON of an item that contains a text. */
const toPattern = (text: string): string =>
  `%${JSON.stringify(text)
    .slice(1, -1)
    .replace(/[\\%_]/g, '\\$&')}%`;

/** Reads the tree that contains a visible response. */
export async function readTree(
  tenant: string,
  id: ResponseId,
  { limit, connection }: { limit: number; connection: Connection },
): Promise<ResponseTree | undefined> {
  const chain = await connection.rows<NodeRow>(statements.chain, [tenant, id, limit + 1]);
  const root = chain.at(-1);
  if (root === undefined) return undefined;
  if (chain.length > limit) return toLongChain(chain, limit);
  return toTree(chain, await connection.rows<NodeRow>(statements.descendants, [root.key, limit + 1]), limit);
}
