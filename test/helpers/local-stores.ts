import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface OpenedUrl extends AsyncDisposable {
  /** A `STORE_URL` with nothing stored at it yet. */
  url: string;
}

export interface StoreKind {
  name: string;
  /** Is what was stored there when the server is started again, and do several servers share it? */
  lasts: boolean;
  open(): Promise<OpenedUrl>;
}

/** The backends that need no server of their own. */
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
