import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { spawnTalaria } from './helpers/spawn-talaria.ts';
import { startTalaria } from './helpers/talaria.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

interface Exit {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Starts the server with bad settings, in an empty directory, and waits for its end. */
async function runToEnd(settings: Record<string, string>): Promise<Exit> {
  const directory = mkdtempSync(join(tmpdir(), 'talaria-main-'));
  try {
    const env = {
      PATH: process.env['PATH'],
      API_SERVER_PORT: '0',
      STORE_URL: 'memory:',
      LOG_LEVEL: 'info',
      ...settings,
    };
    const child = spawn(process.execPath, [main], { env, cwd: directory, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    const [code] = await once(child, 'close');
    return { code, stdout, stderr };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function assertOneLine({ code, stdout, stderr }: Exit, pattern: RegExp): void {
  assert.equal(code, 1);
  assert.equal(stdout, '');
  assert.match(stderr, /^[^\n]+\n$/, 'one line');
  assert.match(stderr, pattern);
  assert.doesNotMatch(stderr, /\n\s+at |node:internal/, 'no stack');
}

test('a started server prints its URL on standard output, and replies within 2 seconds of the command', async () => {
  const times: number[] = [];
  // Other tests run beside this one: the quickest of a few starts is the server's own time.
  while (times.length < 4 && !times.some((milliseconds) => milliseconds < 2000)) {
    const started = performance.now();
    // The tests have a cache of compiled code that users do not.
    await using server = await spawnTalaria({ NODE_DISABLE_COMPILE_CACHE: '1' });
    const reply = await fetch(`${server.url}/health`);
    times.push(performance.now() - started);
    assert.equal(reply.status, 200);
    assert.deepEqual(await reply.json(), { status: 'ok', platform: 'talaria', version: '0.2.0' });
  }
  // With more processes than cores each has its share of them.
  const [load = 0] = loadavg();
  const share = Math.max(1, load / availableParallelism());
  assert.ok(Math.min(...times) < 2000 * share, `${times.join(', ')} ms at load ${load}`);
});

test('standard output contains only one line, with the address and the docs', async () => {
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, API_SERVER_PORT: '0', STORE_URL: 'memory:' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [line] = await once(child.stdout, 'data');
  assert.match(String(line), /^Talaria listens on (http:\/\/127\.0\.0\.1:\d+) \(docs: \1\/docs\)\n$/);
  let more = '';
  child.stdout.on('data', (chunk) => {
    more += chunk;
  });
  child.kill('SIGTERM');
  assert.deepEqual(await once(child, 'close'), [0, null]);
  assert.equal(more, '');
});

test('an IPv6 address is printed in brackets', async (t) => {
  const server = await startTalaria({ API_SERVER_HOST: '::1' }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRNOTAVAIL') return undefined;
    throw error;
  });
  if (!server) return t.skip('this machine does not support IPv6');
  await using listening = server;
  assert.match(listening.url, /^http:\/\/\[::1\]:\d+$/);
  assert.equal((await fetch(`${listening.url}/health`)).status, 200);
});

describe('a failed start prints one line to standard error and exits with 1:', () => {
  test('the port is in use', async () => {
    await using server = await startTalaria();
    const { port } = new URL(server.url);
    assertOneLine(
      await runToEnd({ API_SERVER_PORT: port }),
      new RegExp(`127\\.0\\.0\\.1:${port} is in use\\. Set API_SERVER_PORT to a free port\\.`),
    );
  });

  test('a setting is invalid', async () => {
    assertOneLine(
      await runToEnd({ API_SERVER_PORT: 'eighty' }),
      /^API_SERVER_PORT=eighty is invalid: expected an integer/,
    );
  });

  test('the host is not a loopback address and there is no key', async () => {
    assertOneLine(await runToEnd({ API_SERVER_HOST: '0.0.0.0' }), /API_SERVER_KEY/);
  });

  test('the host is not an address of this machine', async () => {
    const exit = await runToEnd({ API_SERVER_HOST: '192.0.2.1', API_SERVER_KEY: 'sk-1' });
    assertOneLine(exit, /API_SERVER_HOST/);
  });

  test('the store cannot be opened', async () => {
    assertOneLine(
      await runToEnd({ STORE_URL: 'sqlite:no/such/directory/talaria.db' }),
      /could not start: .*no\/such\/directory\/talaria\.db.* Check STORE_URL\.$/m,
    );
  });

  test('the store is not a database', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'talaria-main-'));
    try {
      const file = join(directory, 'notes.txt');
      writeFileSync(file, 'These are my notes, and no database at all. '.repeat(100));
      assertOneLine(await runToEnd({ STORE_URL: `sqlite:${file}` }), /could not start: /);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
