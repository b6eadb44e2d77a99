import type { StoreLocation } from '../config/store-location.ts';

/**
 * Writes a consistent copy of an SQLite store to a new file, while servers use the store. Rejects with an `Error` for the
 * operator if the store is of another kind or the copy fails.
 */
export async function backUpStore(location: StoreLocation, target: string): Promise<void> {
  switch (location.kind) {
    case 'memory':
      throw new Error('The memory store cannot be backed up. Expected STORE_URL to be sqlite:FILE.');
    case 'postgres':
      throw new Error('The store is a PostgreSQL database. Back it up with pg_dump.');
    case 'sqlite': {
      const { copyDatabase } = await import('./sqlite/connection/copy-database.ts');
      copyDatabase(location.file, target);
    }
  }
}
