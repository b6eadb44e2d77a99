import assert from 'node:assert/strict';
import { toConfig } from '../../src/config/config.ts';
import { readEnvironment } from '../../src/config/env.ts';
import { openStore } from '../../src/store/open-store.ts';
import { localStores } from '../helpers/local-stores.ts';
import { startResumable } from '../responses/resumable-server.ts';

const sqlite = localStores[1] ?? assert.fail('there is no SQLite');

/** Returns the time in Unix seconds. */
export const now = () => Math.floor(Date.now() / 1000);

/** Starts a server in front of an upstream, and opens its store like another server. */
export async function startShared(settings: Record<string, string> = {}) {
  await using stack = new AsyncDisposableStack();
  const { url } = stack.use(await sqlite.open());
  const kind = { ...sqlite, open: async () => ({ url, async [Symbol.asyncDispose]() {} }) };
  const server = stack.use(await startResumable(kind, settings));
  const store = stack.use(await openStore(toConfig(readEnvironment({ STORE_URL: url })).store));
  const moved = stack.move();
  return { server, store, file: url.replace('sqlite:', ''), [Symbol.asyncDispose]: () => moved.disposeAsync() };
}
