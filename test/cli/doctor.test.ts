import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startAgent } from '../doctor/start-agent.ts';
import { spawnTalaria } from '../helpers/spawn-talaria.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { writeConfig } from '../helpers/write-config.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const key = 'sk-of-the-agent-0123456789';

async function doctor(
  args: string[],
  env: Record<string, string> = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [main, 'doctor', ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
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
}

test('prints one line for each check, and exits with 0 when the agent works', async () => {
  await using agent = await startAgent({ apiKey: key });
  const { code, stdout, stderr } = await doctor(['--runs', '2'], { AGENT_URL: agent.url, AGENT_API_KEY: key });
  assert.deepEqual([code, stderr], [0, '']);
  const lines = stdout.trimEnd().split('\n');
  assert.equal(lines[0], `default: ${agent.url} (chat-completions)`);
  assert.ok(
    lines.slice(1).every((line) => line.startsWith('  ✓ ')),
    stdout,
  );
  assert.equal(lines.at(-1), '  ✓ runs         2 at once');
});

test('exits with 1 when an agent fails, and prints the remedy but never the key', async () => {
  await using agent = await startAgent({ apiKey: key });
  const wrong = 'sk-wrong-0123456789';
  const { code, stdout } = await doctor([], { AGENT_URL: agent.url, AGENT_API_KEY: wrong });
  assert.equal(code, 1);
  assert.match(stdout, /\n {2}✗ credentials {2}the agent refuses the key \(401: .*\)\n +→ correct AGENT_API_KEY\n$/);
  assert.ok(!stdout.includes(wrong));
});

test('checks every agent of the file, or the named one, and prints JSON', async () => {
  await using agent = await startAgent();
  using file = writeConfig(`agents:\n  up: { url: "${agent.url}" }\n  test: { url: "offline:" }\n`);
  const env = { TALARIA_CONFIG: file.path };
  const all = JSON.parse((await doctor(['--json', '--runs', '0'], env)).stdout);
  assert.deepEqual(
    all.agents.map(({ agent: name, api }: { agent: string; api?: string }) => [name, api]),
    [
      ['up', 'chat-completions'],
      ['test', undefined],
    ],
  );
  const one = JSON.parse((await doctor(['--json', 'test'], env)).stdout);
  assert.equal(one.version, 1);
  assert.deepEqual(one.agents, [
    {
      agent: 'test',
      url: 'offline:',
      findings: [{ check: 'reachable', verdict: 'pass', message: 'part of this server: needs no connection' }],
    },
  ]);
  assert.deepEqual(await doctor(['none'], env), {
    code: 2,
    stdout: '',
    stderr: 'Unknown agent "none". Expected one of: up, test.\n',
  });
});

test('refuses invalid options', async () => {
  const runs = await doctor(['--runs', '1000']);
  assert.deepEqual([runs.code, runs.stderr], [2, '--runs "1000" is invalid: expected 0 to 64.\n']);
  const timeout = await doctor(['--timeout', 'long']);
  assert.equal(timeout.code, 2);
  assert.match(timeout.stderr, /^--timeout "long" is invalid: expected seconds/);
});

test('a server logs one line about its agent at the start', async () => {
  await using agent = await startAgent({ apiKey: key });
  const checked = async (env: Record<string, string>) => {
    await using server = await spawnTalaria({ AGENT_URL: agent.url, LOG_LEVEL: 'info', ...env });
    const find = () =>
      server
        .stderr()
        .split('\n')
        .find((line) => line.includes('agent checked'));
    await waitUntil(() => find() !== undefined);
    const { level, agent: name, api, models, status, reason, remedy } = JSON.parse(find() ?? '');
    return { level, agent: name, api, models, status, reason, remedy };
  };
  const info = 30;
  const warn = 40;
  const fields = { agent: 'default', api: 'chat-completions' };
  const ok = { ...fields, level: info, models: 2, status: 'ok', reason: undefined, remedy: undefined };
  assert.deepEqual(await checked({ AGENT_API_KEY: key }), ok);
  const refused = await checked({});
  assert.deepEqual(refused, {
    ...fields,
    level: warn,
    models: undefined,
    status: 'credentials',
    reason: refused.reason,
    remedy: 'set AGENT_API_KEY',
  });
});
