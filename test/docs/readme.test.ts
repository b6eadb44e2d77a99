import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { toConfig } from '../../src/config/config.ts';
import { readEnvironment } from '../../src/config/env.ts';
import { errorTable } from '../../src/errors/error-table.ts';
import { startTalaria, type TestServer } from '../helpers/talaria.ts';
import { readFences } from './fences.ts';

const run = promisify(execFile);
const repository = fileURLToPath(new URL('../../', import.meta.url));
const readme = await readFile(join(repository, 'README.md'), 'utf8');
const fences = readFences(readme);
const address = 'http://127.0.0.1:8642';

/** How an example is run, and what must be there for it. */
const runners: Record<string, { program: string; probe: string[]; file: string }> = {
  sh: { program: 'bash', probe: ['-c', 'command -v curl'], file: 'example.sh' },
  js: { program: process.execPath, probe: ['--version'], file: 'example.mjs' },
  python: { program: 'python3', probe: ['-c', 'import openai'], file: 'example.py' },
};
/** Makes curl fail where it would print an error's body and be content. */
const strictCurl = 'set -euo pipefail\ncurl() { command curl -sS --fail-with-body "$@"; }\n';

describe('the examples of the README', () => {
  let server: TestServer;
  let directory: string;
  before(async () => {
    server = await startTalaria();
    directory = await mkdtemp(join(tmpdir(), 'talaria-readme-'));
    await symlink(join(repository, 'node_modules'), join(directory, 'node_modules'));
  });
  after(async () => {
    await server[Symbol.asyncDispose]();
    await rm(directory, { recursive: true, force: true });
  });

  for (const [index, fence] of fences.entries()) {
    const runner = runners[fence.language];
    if (!runner || !fence.text.includes(`${address}/v1`)) continue;
    test(`${fence.language} example ${index} runs, and prints what the page says`, async (context) => {
      const { program, probe, file } = runner;
      if (
        await run(program, probe).then(
          () => false,
          () => true,
        )
      ) {
        return context.skip(`${program} ${probe.join(' ')} fails here`);
      }
      const text = (fence.language === 'sh' ? strictCurl : '') + fence.text.replaceAll(address, server.url);
      await writeFile(join(directory, file), text);
      const { stdout } = await run(program, [file], { cwd: directory });
      assert.match(stdout, fence.language === 'sh' ? /"status":"completed"|data: \[DONE\]/ : /\S/);
      if (fence.language !== 'sh') assert.equal(stdout.trim(), expectedOutput(index));
    });
  }
});

/** The next block of output on the page; an example in another language says the same as the one before it. */
function expectedOutput(index: number): string | undefined {
  const isPython = fences[index]?.language === 'python';
  const near = isPython ? fences.slice(0, index).reverse() : fences.slice(index);
  return near.find(({ language }) => language === 'text')?.text.trim();
}

describe('the README', () => {
  test('names every variable that the server reads, and no other', async () => {
    const source = await readFile(join(repository, 'src/config/env.ts'), 'utf8');
    const read = [...source.matchAll(/'([A-Z][A-Z_]+)'/g)].map(([, name]) => name);
    const section = sectionOf('Configuration');
    const named = [...section.matchAll(/`([A-Z]+_[A-Z_]+)`/g)].map(([, name]) => name);
    assert.deepEqual([...new Set(named)].sort(), [...new Set(read)].sort());
  });

  test('gives the defaults that hold', () => {
    const rows = [...sectionOf('Configuration').matchAll(/^\| `([A-Z_]+)` \| (?:`([^`]+)`|[\w ]+) \|/gm)];
    assert.ok(rows.length > 10);
    const standard = toConfig(readEnvironment({}));
    for (const [, name = '', value] of rows) {
      if (value === undefined) continue;
      assert.deepEqual(toConfig(readEnvironment({ [name]: value })), standard, name);
    }
  });

  test('lists every error code with its status', () => {
    const listed = [...sectionOf('Errors').matchAll(/^\| ([\d, ]+) \| (.+) \|$/gm)].flatMap(
      ([, statuses = '', codes = '']) =>
        [...codes.matchAll(/`(\w+)`/g)].map(([, code = ''], index) => {
          const each = statuses.split(', ');
          return [code, Number(each[index] ?? each.at(-1))] as const;
        }),
    );
    // 499 is for logs: the client that would read it has gone.
    const known = Object.entries(errorTable).filter(([, { status }]) => status !== 499);
    assert.deepEqual(Object.fromEntries(listed), Object.fromEntries(known.map(([code, { status }]) => [code, status])));
  });

  test('names agents by addresses that the server takes', () => {
    const urls = [...readme.matchAll(/AGENT_URL=([^\s`]+)/g)].map(([, url]) => url);
    assert.ok(urls.length > 5);
    for (const url of urls) {
      const [agent] = toConfig(readEnvironment({ AGENT_URL: url })).agents.values();
      assert.ok(agent && agent.kind !== 'offline', url);
    }
  });

  test('names scripts that exist', async () => {
    const { scripts } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8'));
    for (const [, name = ''] of readme.matchAll(/npm run (\w+)/g)) assert.ok(Object.hasOwn(scripts, name), name);
  });
});

test('links of the documents lead somewhere', async () => {
  const pages = ['README.md', 'CHANGELOG.md', ...globSync('docs/**/*.md', { cwd: repository })];
  assert.ok(pages.length > 20);
  for (const file of pages) {
    const text = await readFile(join(repository, file), 'utf8');
    for (const [, target = ''] of text.matchAll(/\]\((?!https?:)([^)#]+)/g)) {
      assert.ok(existsSync(new URL(target, new URL(file, new URL('../../', import.meta.url)))), `${file}: ${target}`);
    }
  }
});

function sectionOf(title: string): string {
  return readme.split(/^## /m).find((section) => section.startsWith(title)) ?? '';
}
