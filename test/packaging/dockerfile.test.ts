import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { limits } from '../../src/config/limits.ts';
import { repository, strangersEnvironment } from './packed-package.ts';

const run = promisify(execFile);
const maxBuffer = 16 * 1024 * 1024;

interface Copy {
  /** The source stage; `undefined`: the repository. */
  from: string | undefined;
  sources: string[];
  target: string;
}

const text = await readFile(join(repository, 'Dockerfile'), 'utf8');
const [buildStage = '', finalStage = ''] = text.split(/^FROM /m).slice(1);
const ignore = (await readFile(join(repository, '.dockerignore'), 'utf8')).trim().split('\n');

/** Emulates the build without a container engine: copies and runs what the file does in a directory. */
describe('the Dockerfile', () => {
  let directory: string;
  let build: string;
  let final: string;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'talaria-docker-'));
    build = join(directory, 'build');
    final = join(directory, 'final');
    for (const copy of copiesOf(buildStage)) await perform(copy, { from: repository, to: build });
    await symlink(join(repository, 'node_modules'), join(build, 'node_modules'));
    await run(process.execPath, ['scripts/build.ts', '--noCheck'], { cwd: build });
    await mkdir(join(directory, 'data'));
    for (const copy of copiesOf(finalStage)) await perform(copy, { from: build, to: final });
  });
  after(() => rm(directory, { recursive: true, force: true }));

  test('copies only files that .dockerignore admits', () => {
    assert.equal(ignore[0], '*');
    const sources = copiesOf(buildStage).flatMap((copy) => copy.sources);
    assert.deepEqual(ignore.slice(1).sort(), sources.map((source) => `!${source}`).sort());
  });

  test('builds and serves from the copied files, with a working health check', async (context) => {
    const port = await freePort();
    const env = { ...imageEnvironment(directory), API_SERVER_KEY: 'a-key', API_SERVER_PORT: `${port}` };
    const [program = '', ...rest] = execForm('HEALTHCHECK');
    await assert.rejects(run(program, rest, { env }), 'nothing listens yet');
    const child = spawn('node', execForm('CMD').slice(1), { cwd: final, env, stdio: ['ignore', 'pipe', 'ignore'] });
    context.after(() => child.kill('SIGKILL'));
    await once(createInterface(child.stdout), 'line');
    await run(program, rest, { env });
    assert.ok(existsSync(join(directory, 'data/talaria.db')), 'the volume holds the store');
    child.kill('SIGTERM');
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  });

  test('refuses to serve other machines without a key', async () => {
    const started = run('node', execForm('CMD').slice(1), { cwd: final, env: imageEnvironment(directory) });
    await assert.rejects(started, /API_SERVER_KEY/);
  });

  test('has the command line on the path', async () => {
    const [, link = '', name] = /ln -s \/app\/(\S+) \/usr\/local\/bin\/(\w+)/.exec(finalStage) ?? [];
    assert.equal(name, 'talaria');
    const { stdout } = await run(join(final, link), ['openapi'], { env: imageEnvironment(directory), maxBuffer });
    assert.equal(stdout, await readFile(join(repository, 'generated/openapi.yaml'), 'utf8'));
  });

  test('stops before `docker stop` would kill it', () => {
    const graceMs = Number(imageEnvironment(directory)['API_SERVER_SHUTDOWN_MS']);
    // A process that stalls drains for up to three times as long.
    const stopMs = 3 * limits.drainMs + graceMs + limits.shutdownAbortMs;
    assert.ok(graceMs > 0 && stopMs < 10_000, `${stopMs} ms`);
  });

  test('runs as an unprivileged user', () => {
    assert.match(finalStage, /^USER node$/m);
  });
});

function copiesOf(stage: string): Copy[] {
  return [...stage.matchAll(/^COPY (?:--from=(\w+) )?(.+) (\S+)$/gm)].map(([, from, sources = '', target = '']) => ({
    from,
    sources: sources.split(' '),
    target,
  }));
}

async function perform(copy: Copy, { from, to }: { from: string; to: string }): Promise<void> {
  for (const source of copy.sources) {
    const path = join(from, copy.from ? source.replace('/app/', '') : source);
    const target = copy.target.endsWith('/') ? join(to, copy.target, basename(source)) : join(to, copy.target);
    await mkdir(join(target, '..'), { recursive: true });
    if (basename(source) === 'node_modules') await symlink(join(repository, 'node_modules'), target);
    else await cp(path, target, { recursive: true });
  }
}

/** The variables of ENV, with the volume inside the test's directory. */
function imageEnvironment(directory: string): NodeJS.ProcessEnv {
  const line = /^ENV (.+)$/m.exec(finalStage)?.[1] ?? '';
  const pairs = line.split(' ').map((pair) => pair.split('=', 2));
  const env = Object.fromEntries(
    pairs.map(([name, value = '']) => [name, value.replace('/data', `${directory}/data`)]),
  );
  return { ...strangersEnvironment(), ...env };
}

/** The words of an instruction in its JSON form. */
function execForm(instruction: 'CMD' | 'HEALTHCHECK'): string[] {
  const match = new RegExp(`^${instruction}[^\\[\\n]*(\\[.+\\])$`, 'm').exec(finalStage);
  return JSON.parse(match?.[1] ?? '[]');
}

async function freePort(): Promise<number> {
  await using server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(address && typeof address === 'object');
  return address.port;
}
