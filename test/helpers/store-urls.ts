import { createTestSchema } from '../store/postgres/test-database.ts';
import { withTestServer } from '../store/postgres/test-server.ts';
import { localStores, type StoreKind } from './local-stores.ts';

/** Every backend that a server can be started with. */
export const storeKinds: StoreKind[] = [...localStores];

await withTestServer((server) => {
  storeKinds.push({ name: 'PostgreSQL', lasts: true, open: () => createTestSchema(server) });
});

/** Those whose contents last. */
export const lastingStores = storeKinds.filter(({ lasts }) => lasts);
