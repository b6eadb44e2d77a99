import type { StoreLocation } from '../config/store-location.ts';
import { createMemoryStore } from './memory/memory-store.ts';
import type { Store } from './store.ts';

/**
 * Opens the store at a location. The backend is loaded on demand: a server without SQLite never loads its binary.
 * Rejects with an `Error` for the operator, which names the file or the database and what is wrong with it.
 */
export async function openStore(location: StoreLocation): Promise<Store> {
  switch (location.kind) {
    case 'memory':
      return createMemoryStore(location);
    case 'sqlite': {
      const { openSqliteStore } = await import('./sqlite/sqlite-store.ts');
      return openSqliteStore(location);
    }
    case 'postgres': {
      const { openPostgresStore } = await import('./postgres/postgres-store.ts');
      return openPostgresStore(location);
    }
  }
}
