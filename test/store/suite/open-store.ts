import type { ResponseId } from '../../../src/ids.ts';
import type { StoredHistory, StoredResponse } from '../../../src/store/response-store.ts';
import type { Store } from '../../../src/store/store.ts';

export interface StoreUnderTest extends AsyncDisposable {
  store: Store;
  /** Responses that take up space, the hidden ones included. */
  storedCount(): number | Promise<number>;
  /** Another handle on the same store, open until the store is closed. Absent: the backend has one handle alone. */
  another?(): Promise<Store>;
}

export type OpenStore = (maxResponses?: number) => Promise<StoreUnderTest>;

/** Two handles on one store; of a backend that has one handle alone, that one twice. */
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
