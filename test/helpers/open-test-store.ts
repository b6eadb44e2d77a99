import { toConfig } from '../../src/config/config.ts';
import { readEnvironment } from '../../src/config/env.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import type { StoreKind } from './local-stores.ts';

export interface TestStore extends AsyncDisposable {
  store: Store;
  /** A second handle on the same store; for a backend with a single handle, the same one. */
  another: Store;
}

/** Opens an empty store twice, like two servers that share it. */
export async function openTestStore(kind: StoreKind): Promise<TestStore> {
  const stack = new AsyncDisposableStack();
  const { url } = stack.use(await kind.open());
  const open = () => openStore(toConfig(readEnvironment({ STORE_URL: url })).store);
  const store = stack.use(await open());
  const another = kind.lasts ? stack.use(await open()) : store;
  return { store, another, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}
