import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { writeConfig } from '../helpers/write-config.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** Starts a server that fails to start, in the folder of a configuration file. */
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

test('reads talaria.yaml in the working directory by default', () => {
  assert.deepEqual(serve('keys: {}'), { code: 1, out: 'talaria.yaml: keys: must be a list.\n' });
});

test('a reference to an unset variable fails the start with one line that names it and its path', () => {
  const text = 'agents:\n  hermes:\n    url: http://127.0.0.1:1/v1\n    api_key: $' + '{HERMES_KEY}\n';
  const out = 'talaria.yaml: agents.hermes.api_key: the environment variable HERMES_KEY is not set.\n';
  assert.deepEqual(serve(text), { code: 1, out });
});

test('TALARIA_CONFIG replaces the default file', () => {
  const out = 'TALARIA_CONFIG=other.yaml: the file does not exist.\n';
  assert.deepEqual(serve('keys: {}', { TALARIA_CONFIG: 'other.yaml' }), { code: 1, out });
});

test('an invalid recording fails the start with one line that names its setting', () => {
  const complaint = 'cannot read the recording none.jsonl (ENOENT).\n';
  assert.deepEqual(serve('', { AGENT_URL: 'replay:none.jsonl' }), { code: 1, out: `AGENT_URL: ${complaint}` });
  const text = 'agents:\n  old: { url: "offline:" }\n  tape: { url: "replay:none.jsonl" }\n';
  assert.deepEqual(serve(text), { code: 1, out: `talaria.yaml: agents.tape.url: ${complaint}` });
});
