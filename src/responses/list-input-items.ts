import { unknownAfter } from '../errors/not-found.ts';
import type { Page, PageRequest } from '../store/page.ts';
import type { StoredItem } from '../store/stored-item.ts';
import { toPage } from '../store/to-page.ts';
import { findResponse } from './read-response.ts';
import type { ResponsesDeps } from './responses-deps.ts';

/** Returns a page of the input items of a response. */
export async function listInputItems(
  id: string,
  { store, tenant }: Pick<ResponsesDeps, 'store'> & { tenant: string },
  request: PageRequest,
): Promise<Page<StoredItem>> {
  const { input } = await findResponse(id, { store }, tenant);
  const page = toPage(input, request);
  if (page === 'unknown-after') throw unknownAfter('item', request.after);
  return page;
}
