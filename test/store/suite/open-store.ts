import type { ResponseId } from '../../../src/ids.ts';
import type { StoredHistory, StoredResponse } from '../../../src/store/response-store.ts';
import type { Store } from '../../../src/store/store.ts';

export interface StoreUnderTest extends AsyncDisposable {
  store: Store;
  /** Counts responses, including hidden ones. */
  storedCount(): number | Promise<number>;
  /** Opens another handle, which is closed with the store. Omitted: the backend has a single handle. */
  another?(): Promise<Store>;
}

export type OpenStore = (maxResponses?: number) => Promise<StoreUnderTest>;

/** Returns two handles on one store, or the same one twice when the backend has a single handle. */
export const openHandles = async ({ store, another }: StoreUnderTest): Promise<[Store, Store]> => [
  store,
  another === undefined ? store : await another(),
];

export const turnIds = (history: StoredHistory | undefined): ResponseId[] | undefined =>
  history?.turns.map((turn) => turn.id);

export const ids = (responses: StoredResponse[]): ResponseId[] => responses.map((response) => response.id);

export async function putAll(store: Store, responses: StoredResponse[]): Promise<void> {
  for (const response of responses) await store.responses.put(response);
}
