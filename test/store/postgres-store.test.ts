import { openTestDatabase } from './postgres/test-database.ts';
import { withTestServer } from './postgres/test-server.ts';
import { storeSuite } from './store-suite.ts';

await withTestServer((server) => {
  storeSuite('PostgreSQL store', (maxResponses) => openTestDatabase(server, maxResponses));
});
