import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { findFreePort } from '../../helpers/find-free-port.ts';
import { createDatabase } from './create-database.ts';
import { findBinaries, findUser, type ServerBinaries, type ServerUser } from './server-binaries.ts';

export interface TestServer extends AsyncDisposable {
  /** `postgres://USER:PASSWORD@HOST:PORT/DATABASE`, without a query. */
  url: string;
  /** Whether the server is temporary, so that its data needs no cleanup. */
  isTemporary: boolean;
}

/** A server that can be killed and restarted with its data. */
export interface OwnServer extends TestServer {
  /**
   * `SIGKILL` is a crash, `SIGQUIT` what PostgreSQL calls an immediate shutdown. Resolves when all its processes have
   * ended.
   */
  kill(signal: 'SIGKILL' | 'SIGQUIT'): Promise<void>;
  /** Resolves when it accepts connections again, on the same port. */
  restart(): Promise<void>;
}

/** Variable with the URL of the suite's server. Set by scripts/test.ts, because starting a server takes a second. */
export const sharedServer = 'TALARIA_SUITE_POSTGRES';

const run = promisify(execFile);
const startMs = 30_000;
const password = 'p4ss-of-the-tests';

/** Settings that make a short-lived server start quickly. */
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '32MB',
  max_connections: '300',
  autovacuum: 'off',
  logging_collector: 'off',
};

/** Settings for a server that is killed: committed data is durable. */
export const durable = { synchronous_commit: 'on', full_page_writes: 'on' };

/**
 * Registers tests that need a PostgreSQL server: the one of TALARIA_TEST_POSTGRES, else a database on the server that
 * the whole suite shares, else a server of this file's own. The last two are removed after the last test. When no server
 * is available, a single test is skipped with the reason.
 */
export const withTestServer = (register: (server: TestServer) => void): Promise<void> =>
  withServer(startTestServer, register, process.env['TALARIA_TEST_POSTGRES'] !== undefined);

/** Registers tests that kill their PostgreSQL server, which is always a temporary one. */
export const withOwnServer = (register: (server: OwnServer) => void): Promise<void> =>
  withServer(() => startOwnServer(durable), register);

async function withServer<Server extends TestServer>(
  start: () => Promise<Server>,
  register: (server: Server) => void,
  isNeeded = false,
): Promise<void> {
  try {
    const server = await start();
    after(() => server[Symbol.asyncDispose]());
    register(server);
  } catch (reason) {
    if (isNeeded) throw reason;
    test('PostgreSQL', (t) => t.skip(reason instanceof Error ? reason.message : String(reason)));
  }
}

async function startTestServer(): Promise<TestServer> {
  const given = process.env['TALARIA_TEST_POSTGRES'];
  if (given) return { url: given, isTemporary: false, async [Symbol.asyncDispose]() {} };
  const shared = process.env[sharedServer];
  return shared ? createDatabase(shared) : startOwnServer();
}

/** Starts a temporary server on a free port. Disposal removes its folder. */
export async function startOwnServer(given: Record<string, string> = {}): Promise<OwnServer> {
  const [binaries, user] = [await findBinaries(), await findUser()];
  const folder = await mkdtemp(join(tmpdir(), 'talaria-postgres-'));
  try {
    if (user.uid && user.gid) await chown(folder, user.uid, user.gid);
    await initialize({ binaries, user, folder });
    const all = { ...settings, ...given, port: `${await findFreePort()}` };
    let server = await start({ binaries, user, folder }, all);
    return {
      url: `postgres://talaria:${password}@127.0.0.1:${all.port}/postgres`,
      isTemporary: true,
      async kill(signal) {
        const [pid] = (await readFile(join(folder, 'data', 'postmaster.pid'), 'utf8')).split('\n');
        process.kill(Number(pid), signal);
        await server.gone;
      },
      async restart() {
        server = await start({ binaries, user, folder }, all);
      },
      async [Symbol.asyncDispose]() {
        server.child.stdin?.end();
        await server.gone;
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (reason) {
    await rm(folder, { recursive: true, force: true });
    throw reason;
  }
}

interface Place {
  binaries: ServerBinaries;
  user: ServerUser;
  folder: string;
}

async function initialize({ binaries, user, folder }: Place): Promise<void> {
  const options = [
    '--no-sync',
    '--no-locale',
    '--encoding=UTF8',
    '--username=talaria',
    '--auth=scram-sha-256',
    '--set=scram_iterations=1',
  ];
  const read = `printf %s ${password} > "$1/password" && exec "$0" -D "$1/data" --pwfile="$1/password" ${options.join(' ')}`;
  await run('sh', ['-c', read, binaries.initdb, folder], { ...user, cwd: folder });
}

/**
 * A shell supervises it: when this process ends for any reason, the shell's input ends, and it stops the server and
 * removes the folder. A server that crashes leaves its folder.
 */
const supervise = `
  folder=$1; shift; exec 3<&0
  "$0" -D "$folder/data" "$@" & server=$!
  (read -r line <&3; : >"$folder/over"; kill -QUIT $server) & reader=$!
  wait $server; kill $reader 2>/dev/null
  if [ -e "$folder/over" ]; then rm -rf "$folder"; fi`;

interface RunningServer {
  child: ChildProcess;
  /** Resolves when its last process has ended. Until then nothing else can run in its folder. */
  gone: Promise<unknown>;
}

async function start({ binaries, user, folder }: Place, all: Record<string, string>): Promise<RunningServer> {
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn('sh', ['-c', supervise, binaries.postgres, folder, ...flags], {
    ...user,
    cwd: folder,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  // Each of its processes holds the write end of its standard error.
  const gone = once(child, 'close');
  await waitUntilReady(child);
  return { child, gone };
}

/** Reads the log of a server until it accepts connections. Later lines are discarded. */
function waitUntilReady(child: ChildProcess): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let log = '';
  const timer = setTimeout(() => reject(new Error(`PostgreSQL did not start in time: ${log}`)), startMs);
  child.once('exit', () => reject(new Error(`PostgreSQL did not start: ${log}`)));
  child.stderr?.on('data', (chunk) => {
    log = `${log}${chunk}`.slice(-10_000);
    if (log.includes('ready to accept connections')) resolve();
  });
  return promise.finally(() => clearTimeout(timer));
}
