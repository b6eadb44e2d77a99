import { ApiError } from '../errors/api-error.ts';
import type { Page, PageRequest } from '../store/page.ts';
import type { StoredItem } from '../store/stored-item.ts';
import { findResponse } from './read-response.ts';
import type { ResponsesDeps } from './responses-deps.ts';

/** A part of what the client gave for a response. */
export async function listInputItems(
  id: string,
  { store, tenant }: Pick<ResponsesDeps, 'store'> & { tenant: string },
  { after, limit, order }: PageRequest,
): Promise<Page<StoredItem>> {
  const { input } = await findResponse(id, { store }, tenant);
  const items = order === 'asc' ? input : input.toReversed();
  const start = after === undefined ? 0 : items.findIndex((item) => item.id === after) + 1;
  if (after !== undefined && start === 0) {
    throw new ApiError('invalid_value', `No item with id '${after}' in this list.`, { param: 'after' });
  }
  return { data: items.slice(start, start + limit), hasMore: items.length > start + limit };
}
