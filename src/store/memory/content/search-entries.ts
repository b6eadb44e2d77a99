import { limits } from '../../../config/limits.ts';
import type { FoundPage } from '../../found-page.ts';
import type { FoundResponse, ResponseQuery, ResponseTree } from '../../response-store.ts';
import { toFoundResponse, toTextMatch } from '../../shared/to-found-response.ts';
import { type NodeRow, toLongChain, toTree } from '../../shared/to-tree.ts';
import type { ResponseEntry } from './response-entry.ts';

/** Searches the visible ones of entries in the order of their creation. `before`: the last sequence already examined. */
export function searchEntries(
  entries: readonly ResponseEntry[],
  query: ResponseQuery,
  before: number,
): FoundPage<FoundResponse> {
  const matchesText = query.text === undefined ? () => true : toContentMatch(query.text);
  const found: FoundResponse[] = [];
  let last: ResponseEntry | undefined;
  let examined = 0;
  let bytes = 0;
  for (const entry of entries.toReversed()) {
    if (entry.sequence >= before) continue;
    const isFull =
      found.length === query.limit || examined >= limits.searchedResponses || bytes >= limits.searchedBytes;
    if (isFull && last) return { data: found, next: String(last.sequence) };
    examined += 1;
    if (query.text !== undefined) bytes += entry.content.bytes;
    if (isSelected(entry, query) && matchesText(entry)) found.push(toFound(entry));
    last = entry;
  }
  return { data: found };
}

function toContentMatch(text: string): (entry: ResponseEntry) => boolean {
  const matches = toTextMatch(text);
  return ({ content }) => content.items.some((item) => matches(item.text));
}

function isSelected(entry: ResponseEntry, { id, tenant, conversationId }: ResponseQuery): boolean {
  return (
    entry.visible &&
    (id === undefined || entry.id === id) &&
    (tenant === undefined || entry.tenant === tenant) &&
    (conversationId === undefined || toConversationId(entry) === conversationId)
  );
}

const toConversationId = ({ conversation }: ResponseEntry) =>
  conversation === undefined || conversation.isRemoved ? null : conversation.id;

function toFound(entry: ResponseEntry): FoundResponse {
  const { id, tenant, parent, content } = entry;
  const input = content.items
    .slice(0, Math.min(content.inputLength, limits.foundItems))
    .filter(({ bytes }) => bytes <= limits.foundItemBytes);
  const row = { id, tenant, createdAt: content.createdAt, resource: content.resource };
  return toFoundResponse(
    { ...row, parentId: parent?.id ?? null, conversationId: toConversationId(entry) },
    input.map(({ text }) => text),
  );
}

/** Returns the tree that contains an entry. `entries`: all, in the order of their creation. */
export function readEntryTree(entry: ResponseEntry, entries: readonly ResponseEntry[], limit: number): ResponseTree {
  const chain: ResponseEntry[] = [];
  for (let one: ResponseEntry | undefined = entry; one && chain.length <= limit; one = one.parent) chain.push(one);
  const rows = chain.map(toNodeRow);
  if (chain.length > limit) return toLongChain(rows, limit);
  const tree = new Set(chain.slice(-1));
  for (const one of entries) if (one.parent && tree.has(one.parent)) tree.add(one);
  return toTree(rows, [...tree].map(toNodeRow), limit);
}

const toNodeRow = ({ sequence, id, parent, content, visible }: ResponseEntry): NodeRow => ({
  key: sequence,
  id,
  parentId: parent?.id ?? null,
  createdAt: content.createdAt,
  isVisible: visible,
});
