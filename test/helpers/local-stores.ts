import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface OpenedUrl extends AsyncDisposable {
  /** The `STORE_URL` of an empty store. */
  url: string;
}

export interface StoreKind {
  name: string;
  /** Whether its contents survive a restart and are shared by several servers. */
  lasts: boolean;
  open(): Promise<OpenedUrl>;
}

/** The backends without a database server. */
export const localStores: readonly StoreKind[] = [
  { name: 'memory', lasts: false, open: async () => ({ url: 'memory:', async [Symbol.asyncDispose]() {} }) },
  { name: 'SQLite', lasts: true, open: openSqlite },
];

async function openSqlite(): Promise<OpenedUrl> {
  const directory = await mkdtemp(join(tmpdir(), 'talaria-'));
  return {
    url: `sqlite:${join(directory, 'test.db')}`,
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}
