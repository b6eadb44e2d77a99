import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '../helpers/find-free-port.ts';
import { waitUntil } from '../helpers/wait-until.ts';

export interface TestProxy extends AsyncDisposable {
  url: string;
}

export interface ProxyKind {
  name: string;
  /** Whether its program is installed. */
  isInstalled: boolean;
  /** Starts it with the configuration of its page, but for its addresses and TLS. */
  start(upstream: string): Promise<TestProxy>;
}

/** The pages with a configuration of each proxy, below docs/. */
const pages = await Promise.all(
  ['operations.md', 'how-to/run-behind-a-proxy.md'].map(async (name) => ({
    name,
    text: await readFile(new URL(`../../docs/${name}`, import.meta.url), 'utf8'),
  })),
);

interface Page {
  name: string;
  text: string;
}

function readExample({ name, text }: Page, language: string): string {
  const [, example] = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(text) ?? [];
  if (example === undefined) throw new Error(`docs/${name} has no example for ${language}.`);
  return example;
}

const isInstalled = (program: string, option: string): boolean => spawnSync(program, [option]).status === 0;

interface Place {
  page: Page;
  folder: string;
  port: number;
  upstream: string;
}

function toNginxConfig({ page, folder, port, upstream }: Place): string {
  const server = readExample(page, 'nginx')
    .replace('listen 443 ssl', `listen 127.0.0.1:${port}`)
    .replace(/^ *ssl_.*\n/gm, '')
    .replace('127.0.0.1:8642', upstream);
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  return `daemon off; worker_processes 1; pid ${folder}/pid; error_log stderr; events {}
    http { access_log off; ${paths.join(' ')} ${server} }`;
}

const toCaddyfile = ({ page, folder, port, upstream }: Place): string =>
  `{\n\tadmin off\n\tstorage file_system ${folder}\n}\n${readExample(page, 'caddyfile')
    .replace('api.example.org', `http://127.0.0.1:${port}`)
    .replace('127.0.0.1:8642', upstream)}`;

export const proxyKinds: readonly ProxyKind[] = pages.flatMap((page) => [
  {
    name: `nginx, as in docs/${page.name}`,
    isInstalled: isInstalled('nginx', '-v'),
    start: (upstream) => startProxy({ page, upstream }, toNginxConfig, (file) => ['nginx', '-c', file]),
  },
  {
    name: `Caddy, as in docs/${page.name}`,
    isInstalled: isInstalled('caddy', 'version'),
    start: (upstream) =>
      startProxy({ page, upstream }, toCaddyfile, (file) => [
        'caddy',
        'run',
        '--adapter',
        'caddyfile',
        '--config',
        file,
      ]),
  },
]);

async function startProxy(
  source: Pick<Place, 'page' | 'upstream'>,
  toConfig: (place: Place) => string,
  toCommand: (file: string) => [string, ...string[]],
): Promise<TestProxy> {
  const folder = await mkdtemp(join(tmpdir(), 'talaria-proxy-'));
  // The workers of nginx have another user.
  await chmod(folder, 0o755);
  const port = await findFreePort();
  const file = join(folder, 'config');
  await writeFile(file, toConfig({ ...source, folder, port }));
  const [program, ...args] = toCommand(file);
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, HOME: folder } });
  let log = '';
  child.stderr.on('data', (chunk) => {
    log += chunk;
  });
  const stop = async () => {
    if (child.exitCode === null) await end(child);
    await rm(folder, { recursive: true, force: true });
  };
  await waitUntil(async () => {
    if (child.exitCode !== null) throw new Error(`${program} exited with ${child.exitCode}: ${log}`);
    return accepts(port);
  }, program);
  return { url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: stop };
}

async function end(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
