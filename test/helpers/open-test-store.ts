import { toConfig } from '../../src/config/config.ts';
import { readEnvironment } from '../../src/config/env.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import type { StoreKind } from './local-stores.ts';

export interface TestStore extends AsyncDisposable {
  store: Store;
  /** Another handle on the same store; of a backend that has one handle alone, that one. */
  another: Store;
}

/** A store of its own, as a server would open it, and as a second server would. */
export async function openTestStore(kind: StoreKind): Promise<TestStore> {
  const stack = new AsyncDisposableStack();
  const { url } = stack.use(await kind.open());
  const open = () => openStore(toConfig(readEnvironment({ STORE_URL: url })).store);
  const store = stack.use(await open());
  const another = kind.lasts ? stack.use(await open()) : store;
  return { store, another, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}
