import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { writeConfig } from '../helpers/write-config.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** Starts a server that can't start, where that file is. */
function serve(text: string, settings: Record<string, string> = {}): { code: number | null; out: string } {
  using file = writeConfig(text);
  const env = { PATH: process.env['PATH'], STORE_URL: 'memory:', API_SERVER_PORT: '0', ...settings };
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'serve'], {
    cwd: dirname(file.path),
    env,
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { code: status, out: stdout + stderr };
}

test('a talaria.yaml where the server is started is read without being named', () => {
  assert.deepEqual(serve('keys: {}'), { code: 1, out: 'talaria.yaml: keys: must be a list.\n' });
});

test('a reference to what the environment has not stops the start in one line with its name and place', () => {
  const text = 'agents:\n  hermes:\n    url: http://127.0.0.1:1/v1\n    api_key: $' + '{HERMES_KEY}\n';
  const out = 'talaria.yaml: agents.hermes.api_key: the environment has no HERMES_KEY.\n';
  assert.deepEqual(serve(text), { code: 1, out });
});

test('another file that is named stands in its place', () => {
  const out = 'TALARIA_CONFIG=other.yaml: there is no such file.\n';
  assert.deepEqual(serve('keys: {}', { TALARIA_CONFIG: 'other.yaml' }), { code: 1, out });
});
