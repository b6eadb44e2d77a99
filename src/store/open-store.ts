import type { StoreLocation } from '../config/store-location.ts';
import type { Store } from './store.ts';

/**
 * Opens the store at a location. A backend is loaded on demand, so a server without SQLite never loads its binary.
 * Rejects with an `Error` for the operator that names the file or the database and the reason.
 */
export async function openStore(location: StoreLocation): Promise<Store> {
  switch (location.kind) {
    case 'memory': {
      const { createMemoryStore } = await import('./memory/memory-store.ts');
      return createMemoryStore(location);
    }
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
