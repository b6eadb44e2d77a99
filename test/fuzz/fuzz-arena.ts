/** A server under test: the real one as a process of its own, with two tenants, over one store and one agent. */
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { Agent } from 'node:http';
import type { StoreKind } from '../helpers/local-stores.ts';
import { spawnTalaria, type TestProcess } from '../helpers/spawn-talaria.ts';
import { writeConfig } from '../helpers/write-config.ts';
import type { AgentKind, Target } from './fuzz-case.ts';
import { type HealthWatch, startHealthWatch } from './health-watch.ts';
import { startHostileUpstream } from './hostile-upstream.ts';

export interface ArenaKind {
  store: Pick<StoreKind, 'name' | 'open'>;
  agent: AgentKind;
  /** Whether the server checks what it sends. */
  validates: boolean;
}

export interface FuzzArena extends AsyncDisposable {
  target: Target;
  server: TestProcess;
  health: HealthWatch;
}

const keys = { a: 'key-of-tenant-a', b: 'key-of-tenant-b' };

const hashOf = (key: string): string => `sha256:${createHash('sha256').update(key).digest('hex')}`;

const config = `tenants: { a: , b: }
keys:
  - { name: a, tenant: a, hash: "${hashOf(keys.a)}" }
  - { name: b, tenant: b, hash: "${hashOf(keys.b)}" }
`;

/** Timeouts that keep a case short when its upstream is silent. */
const settings = { LOG_LEVEL: 'error', AGENT_FIRST_BYTE_TIMEOUT: '5s', AGENT_IDLE_TIMEOUT: '5s', RUN_TIMEOUT: '30s' };

export async function startFuzzArena({ store, agent, validates }: ArenaKind): Promise<FuzzArena> {
  await using stack = new AsyncDisposableStack();
  const file = stack.use(writeConfig(config));
  const { url: storeUrl } = stack.use(await store.open());
  const upstream = agent === 'hostile' ? stack.use(await startHostileUpstream()) : undefined;
  const server = stack.use(
    await spawnTalaria({
      ...settings,
      STORE_URL: storeUrl,
      TALARIA_CONFIG: file.path,
      VALIDATE_OUTPUT: validates ? '1' : '0',
      ...(upstream === undefined ? {} : { AGENT_URL: upstream.url }),
    }),
  );
  await warmUp(server.url);
  const health = stack.use(await startHealthWatch(server.url, server.process.pid));
  const connections = new Agent({ keepAlive: true, maxSockets: 64 });
  stack.defer(() => connections.destroy());
  const parts = stack.move();
  return {
    target: { url: server.url, agent, keys, connections },
    server,
    health,
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

/** Turns at once before the first case. Opening connections to a database on a busy machine is no case's fault. */
const warmUps = 12;

async function warmUp(url: string): Promise<void> {
  const turn = {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${keys.a}` },
    body: JSON.stringify({ input: '/say Ready.', background: true }),
  };
  await Promise.all(
    Array.from({ length: warmUps }, async () => {
      await (await fetch(`${url}/v1/responses`, turn)).text();
    }),
  );
}

/** Open sockets, files and pipes of a process; `undefined` where the system does not show them. */
export function countHandles(pid: number | undefined): number | undefined {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return undefined;
  }
}
