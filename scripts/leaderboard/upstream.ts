import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '../../test/helpers/find-free-port.ts';
import { startChild } from '../test-agents/child.ts';
import { startObedientModel } from './obedient-model.ts';
import { upstreamKey } from './upstream-key.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

export interface Upstream extends AsyncDisposable {
  /** The base URL of its API, without `/v1`. */
  origin: string;
}

/** Starts the model behind every gateway and agent: a Talaria, with both APIs, in front of the obedient model. */
export async function startUpstream(folder: string): Promise<Upstream> {
  await mkdir(folder, { recursive: true });
  const port = await findFreePort();
  const origin = `http://127.0.0.1:${port}`;
  await using stack = new AsyncDisposableStack();
  const model = stack.use(await startObedientModel({ url: `${origin}/v1`, key: upstreamKey }));
  const file = join(folder, 'talaria.yaml');
  // JSON is YAML.
  await writeFile(file, JSON.stringify({ agents: { obedient: { url: model.url }, offline: { url: 'offline:' } } }));
  stack.use(
    await startChild({
      command: process.execPath,
      args: [main],
      cwd: folder,
      env: {
        API_SERVER_HOST: '127.0.0.1',
        API_SERVER_PORT: `${port}`,
        API_SERVER_KEY: upstreamKey,
        API_SERVER_DRAIN_MS: '0',
        STORE_URL: 'memory:?max=10000',
        TALARIA_CONFIG: file,
      },
      readyUrl: `${origin}/health`,
    }),
  );
  const owned = stack.move();
  return { origin, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
