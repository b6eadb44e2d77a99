import { openTestDatabase } from './sqlite/test-database.ts';
import { storeSuite } from './store-suite.ts';

storeSuite('SQLite store in a file', async (maxResponses) => openTestDatabase({ maxResponses }));
storeSuite('SQLite store in memory', async (maxResponses) => openTestDatabase({ maxResponses, file: ':memory:' }));
