import assert from 'node:assert/strict';
import { existsSync, globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { toConfig } from '../../src/config/config.ts';
import { readEnvironment } from '../../src/config/env.ts';
import { errorTable } from '../../src/errors/error-table.ts';
import { testExamples } from './run-examples.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const readme = await readFile(join(repository, 'README.md'), 'utf8');

testExamples('the README', readme);

describe('the README', () => {
  test('names exactly the variables that the server reads', async () => {
    const source = await readFile(join(repository, 'src/config/env.ts'), 'utf8');
    const read = [...source.matchAll(/'([A-Z][A-Z_]+)'/g)].map(([, name]) => name);
    const section = sectionOf('Configuration');
    const named = [...section.matchAll(/`(WORKERS|[A-Z]+_[A-Z_]+)`/g)].map(([, name]) => name);
    assert.deepEqual([...new Set(named)].sort(), [...new Set(read)].sort());
  });

  test('states the actual defaults', () => {
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
    // 499 appears in logs only: the client has disconnected.
    const known = Object.entries(errorTable).filter(([, { status }]) => status !== 499);
    assert.deepEqual(Object.fromEntries(listed), Object.fromEntries(known.map(([code, { status }]) => [code, status])));
  });

  test('names agent URLs that the server accepts', () => {
    const urls = [...readme.matchAll(/AGENT_URL=([^\s`]+)/g)].map(([, url]) => url);
    assert.ok(urls.length > 5);
    for (const url of urls) {
      const [agent] = toConfig(readEnvironment({ AGENT_URL: url })).agents.values();
      assert.ok(agent && agent.kind !== 'offline', url);
    }
  });

  test('names existing scripts', async () => {
    const { scripts } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8'));
    for (const [, name = ''] of readme.matchAll(/npm run ([\w:-]+)/g)) assert.ok(Object.hasOwn(scripts, name), name);
  });
});

test('links between the documents work', async () => {
  const pages = ['README.md', 'CHANGELOG.md', 'SECURITY.md', ...globSync('docs/**/*.md', { cwd: repository })];
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
