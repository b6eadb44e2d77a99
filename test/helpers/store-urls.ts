import { createTestSchema } from '../store/postgres/test-database.ts';
import { withTestServer } from '../store/postgres/test-server.ts';
import { localStores, type StoreKind } from './local-stores.ts';

/** Every backend that a server can be started with. */
export const storeKinds: StoreKind[] = [...localStores];

/** Whether this is the everyday lane (`npm run test:fast`), which starts no PostgreSQL server. */
const isFast = process.env['TALARIA_FAST_TESTS'] !== undefined;

if (!isFast) {
  await withTestServer((server) => {
    storeKinds.push({ name: 'PostgreSQL', lasts: true, open: () => createTestSchema(server) });
  });
}

/** The backends whose contents survive a restart. */
export const lastingStores = storeKinds.filter(({ lasts }) => lasts);
