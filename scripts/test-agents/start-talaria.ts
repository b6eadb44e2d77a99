import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createKey, hashKey } from '../../src/config/hash-key.ts';
import { findFreePort } from '../../test/helpers/find-free-port.ts';
import { type Child, startChild } from './child.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

export interface RunningTalaria extends AsyncDisposable {
  url: string;
  /** The keys of its two tenants. */
  keys: { acme: string; lab: string };
  output(): string;
}

/** Starts a server with two tenants. `settings` are environment variables, `more` is further configuration. */
export async function startTalaria(
  folder: string,
  settings: Record<string, string>,
  more: object = {},
): Promise<RunningTalaria> {
  await mkdir(folder, { recursive: true });
  const keys = { acme: createKey(), lab: createKey() };
  const file = join(folder, 'talaria.yaml');
  const entries = Object.entries(keys).map(([tenant, key]) => ({ name: tenant, tenant, hash: hashKey(key) }));
  // JSON is YAML.
  await writeFile(file, JSON.stringify({ tenants: { acme: null, lab: null }, keys: entries, ...more }));
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const child: Child = await startChild({
    command: process.execPath,
    args: [main],
    cwd: folder,
    env: {
      API_SERVER_HOST: '127.0.0.1',
      API_SERVER_PORT: `${port}`,
      API_SERVER_KEY: '',
      STORE_URL: 'memory:',
      TALARIA_CONFIG: file,
      API_SERVER_DRAIN_MS: '0',
      API_SERVER_SHUTDOWN_MS: '500',
      ...settings,
    },
    readyUrl: `${url}/health`,
  });
  return { url, keys, output: child.output, [Symbol.asyncDispose]: () => child[Symbol.asyncDispose]() };
}
