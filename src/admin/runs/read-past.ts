import { ApiError } from '../../errors/api-error.ts';
import type { Services } from '../../services.ts';
import type { HistoryBounds, HistoryLimits } from '../../store/history-bounds.ts';
import type { StoredResponse } from '../../store/response-store.ts';
import type { StoredItem } from '../../store/stored-item.ts';

type Deps = Pick<Services, 'store' | 'history'>;

/** The history of a response: a visible response that it continues, or items. */
export interface Past {
  items: StoredItem[];
  previous_response_id?: string;
}

/** Returns the history that a response had. Throws `unsupported_value` when it can't be read any more. */
export async function readPast(stored: StoredResponse, deps: Deps): Promise<Past> {
  const { tenant, parentId, conversationId } = stored;
  if (conversationId) return { items: await readConversation(stored, conversationId, deps) };
  if (!parentId) return { items: [] };
  const parent = await deps.store.responses.get(tenant, parentId);
  return parent ? { items: [], previous_response_id: parentId } : { items: await readChain(stored, deps) };
}

/** Returns the items of a chain whose last response was deleted: requests can't continue it. */
async function readChain({ tenant, id }: StoredResponse, { store, history: limits }: Deps): Promise<StoredItem[]> {
  const history = await store.responses.history(tenant, id, toBounds(limits));
  if (!history || history.limited) throw unreadable();
  return history.turns.slice(0, -1).flatMap(({ input, output }) => [...input, ...output]);
}

/** Returns the items of the conversation before those of the response. */
async function readConversation(
  { tenant, input, output }: StoredResponse,
  conversationId: NonNullable<StoredResponse['conversationId']>,
  { store, history: limits }: Deps,
): Promise<StoredItem[]> {
  const history = await store.conversations.history(tenant, conversationId, toBounds(limits));
  const first = [...input, ...output][0]?.id;
  const place = history?.items.findIndex(({ id }) => id === first) ?? -1;
  if (!history || history.limited || place === -1) throw unreadable();
  return history.items.slice(0, place);
}

/** Returns the bounds that read all items or none. */
const toBounds = (limits: HistoryLimits): HistoryBounds => ({
  ...limits,
  beyond: 'none',
  isSummary: () => false,
  isPinned: () => false,
});

const unreadable = (): ApiError =>
  new ApiError(
    'unsupported_value',
    "The history of the run can't be read: it is too long, or its items were deleted.",
    {
      param: 'run_id',
    },
  );
