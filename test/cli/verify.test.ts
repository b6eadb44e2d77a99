import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startTalaria, type TestServer } from '../helpers/talaria.ts';
import { chatPost, header, json } from '../verify/breakage.ts';
import { startBrokenServer } from '../verify/broken-server.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const key = 'sk-command-secret';

let server: TestServer;
let directory: string;
before(async () => {
  server = await startTalaria({ API_SERVER_KEY: key });
  directory = await mkdtemp(join(tmpdir(), 'talaria-verify-command-'));
});
after(async () => {
  await server[Symbol.asyncDispose]();
  await rm(directory, { recursive: true, force: true });
});

const spawnVerify = (args: string[]) =>
  spawn(process.execPath, [main, 'verify', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });

/** In a process of its own, without blocking this one, in which the server runs. */
const verify = (...args: string[]) => readToEnd(spawnVerify(args));

async function readToEnd(
  child: ReturnType<typeof spawnVerify>,
): Promise<{ code: number; stdout: string; stderr: string }> {
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

test('exits with 0 when all audits pass, and prints plain text to a pipe', async () => {
  const { code, stdout, stderr } = await verify(server.url, '--key', key, '--only', 'models,chat.shape');
  assert.deepEqual([code, stderr], [0, '']);
  assert.match(stdout, /^http:\/\/127\.0\.0\.1:\d+\/v1 \(model offline, contract openai\)\n\nModels\n/);
  assert.match(stdout, /\n {2}✓ pass +chat\.shape +MUST +sends every required field of a completion/);
  assert.match(stdout, /\n4 audits in [\d.]+ s: 4 pass\n$/);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the codes of colours are control characters
  assert.doesNotMatch(stdout, /\u001b/);
});

test('exits with 1 when a MUST failed, and writes both reports, without the key', async () => {
  const { hooks } = json('repeats the key', chatPost, (body, { headers }) => {
    body.object = headers['authorization'];
  });
  await using broken = await startBrokenServer({ upstream: server.url, hooks: hooks() });
  const files = { json: join(directory, 'report.json'), junit: join(directory, 'report.xml') };
  const options = ['--only', 'chat.shape,chat.content-type', '--json', files.json, '--junit', files.junit];
  const { code, stdout } = await verify(`${broken.url}/v1`, '--key', key, ...options);
  assert.equal(code, 1);
  assert.match(stdout, /What failed[\s\S]*chat\.shape \(MUST\)[\s\S]*object is "Bearer \*\*\*"/);
  const report = JSON.parse(await readFile(files.json, 'utf8'));
  assert.equal(report.version, 1);
  assert.deepEqual(report.totals, { pass: 1, fail: 1, warn: 0, unsupported: 0, inconclusive: 0, skipped: 0 });
  assert.equal(report.results[0].evidence.path, 'object');
  const junit = await readFile(files.junit, 'utf8');
  assert.match(junit, /<testsuite [^>]*tests="2" failures="1" skipped="0"/);
  for (const text of [stdout, JSON.stringify(report), junit]) assert.ok(!text.includes(key));
});

test('exits with 0 when only a SHOULD failed', async () => {
  const { hooks } = header('lets no page read replies', chatPost, 'access-control-allow-origin');
  await using broken = await startBrokenServer({ upstream: server.url, hooks: hooks() });
  const { code, stdout } = await verify(broken.url, '--key', key, '--only', 'cors.reply');
  assert.equal(code, 0);
  assert.match(stdout, /! warn +cors\.reply/);
});

test('an invalid command line exits with code 2 and one line', async () => {
  const lines: [string[], RegExp][] = [
    [[], /^Missing URL\. Example: /],
    [['localhost:8642'], /^"localhost:8642" is invalid: expected an http\(s\) URL\.\n$/],
    [['nowhere'], /^"nowhere" is invalid: expected an http\(s\) URL\.\n$/],
    [['http://a', 'http://b'], /^Unexpected argument "http:\/\/b"/],
    [['http://a', '--only', 'dance'], /^No audit matches "dance"\. See --list\.\n$/],
    [['http://a', '--timeout', 'soon'], /^--timeout "soon" is invalid: expected seconds/],
    [['http://a', '--timeout', '0'], /^--timeout "0" is invalid: expected seconds/],
    [['http://a', '--loud'], /^Unknown option '--loud'/],
    [
      ['http://me:secret@a/v1'],
      /^The URL must not contain a query, fragment or credentials: pass the key with --key\.\n$/,
    ],
    [['http://a/v1?api-version=2'], /^The URL must not contain a query/],
  ];
  for (const [args, line] of lines) {
    const { code, stdout, stderr } = await verify(...args);
    assert.deepEqual([code, stdout], [2, ''], args.join(' '));
    assert.match(stderr, line);
    assert.equal(stderr.trimEnd().split('\n').length, 1);
  }
});

test('prints a report in place of the table for -', async () => {
  const json = await verify(server.url, '--key', key, '--only', 'models', '--json', '-');
  assert.equal(JSON.parse(json.stdout).totals.pass, 3);
  const junit = await verify(server.url, '--key', key, '--only', 'models', '--junit', '-');
  assert.match(junit.stdout, /^<\?xml[\s\S]*<\/testsuite>\n$/);
  const both = await verify(server.url, '--json', '-', '--junit', '-');
  assert.deepEqual([both.code, both.stderr], [2, '--json and --junit cannot both be -.\n']);
});

test('refuses a report file that cannot be written before the audits run', async () => {
  const { code, stdout, stderr } = await verify('http://127.0.0.1:9', '--json', join(directory, 'nowhere', 'report'));
  assert.deepEqual([code, stdout], [2, '']);
  assert.match(stderr, /^--json: cannot write the file: ENOENT: [^\n]+\n$/);
});

test('SIGINT starts no further audits, deletes created objects, reports and exits with 130', async () => {
  await using relay = await startBrokenServer({
    upstream: server.url,
    hooks: {
      ask: ({ body }) => {
        if (body?.store === true && !child.killed) child.kill('SIGINT');
        return undefined;
      },
    },
  });
  const child = spawnVerify([relay.url, '--key', key, '--only', 'stored-chat,chains']);
  const { code, stdout } = await readToEnd(child);
  assert.equal(code, 130);
  assert.match(stdout, /the run was stopped/);
  assert.match(stdout, /\n18 audits in [\d.]+ s: .*skipped\n$/);
  const left = await fetch(`${server.url}/v1/chat/completions`, { headers: { authorization: `Bearer ${key}` } });
  assert.match(await left.text(), /"data":\[\]/);
});

test('exits with 3 and one line when the key is refused', async () => {
  const { code, stdout, stderr } = await verify(server.url, '--key', 'sk-wrong');
  assert.deepEqual([code, stdout], [3, '']);
  assert.match(stderr, /^http:\/\/127\.0\.0\.1:\d+\/v1 rejects the key of --key \(401\)\.\n$/);
});

test('exits with 3 when the server cannot be reached', async () => {
  const { code, stdout, stderr } = await verify('http://127.0.0.1:9/v1');
  assert.deepEqual([code, stdout], [3, '']);
  assert.equal(stderr, "http://127.0.0.1:9 can't be reached: the connection was refused.\n");
});

test('lists the audits, and prints its help', async () => {
  const { code, stdout } = await verify('--list', '--only', 'models');
  assert.equal(code, 0);
  assert.match(
    stdout,
    /^models\.list +MUST +lists its models\nmodels\.retrieve +MUST [^\n]+\nmodels\.unknown [^\n]+\n$/,
  );
  assert.match((await verify('--help')).stdout, /^Usage: talaria verify [\s\S]*Exit codes:\n {2}0 +No MUST failed/);
});

test('--header is sent with every request, and its value never printed', async () => {
  const secret = 'secret-of-a-gateway';
  const seen: (string | undefined)[] = [];
  const gateway = createServer((request, response) => {
    seen.push(`${request.headers['x-gateway']}`);
    request.resume();
    response.writeHead(400, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { message: `Refused ${request.headers['x-gateway']}.` } }));
  }).listen(0, '127.0.0.1');
  await once(gateway, 'listening');
  const address = gateway.address();
  assert.ok(typeof address === 'object' && address);
  const url = `http://127.0.0.1:${address.port}`;
  const { stdout } = await verify(url, '--model', 'm', '--header', `X-Gateway: ${secret}`, '--only', 'chat.shape');
  gateway.close();
  assert.ok(seen.length >= 4);
  assert.deepEqual(new Set(seen), new Set([secret]));
  assert.ok(!stdout.includes(secret), stdout);
  assert.match(stdout, /Refused \*\*\*/);
});

test('an invalid --contract, --rate, --parallel or --header exits with 2 and says what is accepted', async () => {
  for (const [words, message] of [
    [['--contract', 'x'], '--contract "x" is invalid: expected one of openai, open-responses, both.'],
    [['--rate', '0'], '--rate "0" is invalid: expected requests per second, above 0 and up to 1000.'],
    [['--parallel', '1.5'], '--parallel "1.5" is invalid: expected a whole number from 1 to 64.'],
    [['--header', 'nonsense'], "--header is invalid: expected 'NAME: VALUE' in ASCII, as in 'api-key: abc'."],
  ] as const) {
    const { code, stderr } = await verify('http://127.0.0.1:1', ...words);
    assert.equal(code, 2);
    assert.ok(stderr.includes(message), stderr);
  }
});
