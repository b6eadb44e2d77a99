import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/**
 * `npm run test:python-example [-- options of pytest]`: builds the server, and runs the tests of
 * examples/support-bot-python against its `talaria` command. Needs Python 3.10 and PyPI.
 */
const run = promisify(execFile);
const root = fileURLToPath(new URL('../', import.meta.url));
const scratch = await mkdtemp(join(tmpdir(), 'talaria-python-'));

try {
  process.exitCode = await test();
} finally {
  await rm(scratch, { recursive: true, force: true });
}

async function test(): Promise<number> {
  await run(process.execPath, ['scripts/build.ts', '--noCheck'], { cwd: root });
  const bin = join(scratch, 'bin');
  await mkdir(bin);
  await symlink(join(root, 'dist/main.js'), join(bin, 'talaria'));
  // The command is a script of `node`.
  await symlink(process.execPath, join(bin, 'node'));
  const venv = join(scratch, 'venv');
  await run('python3', ['-m', 'venv', venv]);
  await run(join(venv, 'bin/pip'), ['install', '--quiet', 'openai>=2', 'pytest>=8']);
  const child = spawn(join(venv, 'bin/pytest'), ['-p', 'no:cacheprovider', ...process.argv.slice(2)], {
    cwd: join(root, 'examples/support-bot-python'),
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`, PYTHONDONTWRITEBYTECODE: '1' },
    stdio: 'inherit',
  });
  const [code] = await once(child, 'exit');
  return code ?? 1;
}
