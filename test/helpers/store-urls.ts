import { localStores, type StoreKind } from './local-stores.ts';

/** Every store backend. The everyday lane (`npm run test:fast`) runs without PostgreSQL. */
export const storeKinds: StoreKind[] = [...localStores];

if (process.env['TALARIA_FAST_TESTS'] === undefined) {
  const { createTestSchema } = await import('../store/postgres/test-database.ts');
  const { withTestServer } = await import('../store/postgres/test-server.ts');
  await withTestServer((server) => {
    storeKinds.push({ name: 'PostgreSQL', lasts: true, open: () => createTestSchema(server) });
  });
}

/** The backends whose contents survive a restart. */
export const lastingStores = storeKinds.filter(({ lasts }) => lasts);
