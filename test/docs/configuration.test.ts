import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { toConfig } from '../../src/config/config.ts';
import { readEnvironment } from '../../src/config/env.ts';
import { createKey } from '../../src/config/hash-key.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { writeConfig } from '../helpers/write-config.ts';
import { readFences } from './fences.ts';

const page = await readFile(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
const [example = ''] = readFences(page).flatMap(({ language, text }) => (language === 'yaml' ? [text] : []));
const sectionOf = (title: string) => page.split(/^##+ /m).find((section) => section.startsWith(title)) ?? '';
const rowsOf = (title: string) => [...sectionOf(title).matchAll(/^\| `([\w.]+)` \|/gm)].map(([, name]) => name);

describe('docs/configuration.md', () => {
  test('names exactly the variables that the server reads', async () => {
    const source = await readFile(new URL('../../src/config/env.ts', import.meta.url), 'utf8');
    const read = [...source.matchAll(/'([A-Z][A-Z_]+)'/g)].map(([, name]) => name);
    const named = [...sectionOf('Environment variables').matchAll(/`(WORKERS|[A-Z]+_[A-Z_]+)`/g)].map(
      ([, name]) => name,
    );
    assert.deepEqual([...new Set(named)].sort(), [...new Set(read)].sort());
  });

  test('states the actual defaults', () => {
    const standard = toConfig(readEnvironment({}));
    const rows = [...sectionOf('Environment variables').matchAll(/^\| `([A-Z_]+)` \| `([^`]+)` \|/gm)];
    assert.ok(rows.length > 8);
    for (const [, name = '', value] of rows) {
      assert.deepEqual(toConfig(readEnvironment({ [name]: value })), standard, name);
    }
  });

  test('has an example that loads and matches its comments', () => {
    using file = writeConfig(example);
    const { agents, tenancy } = loadConfig({ TALARIA_CONFIG: file.path, HERMES_KEY: 'sk-hermes' });
    assert.deepEqual([...agents.keys()], ['hermes', 'local', 'test']);
    const local = agents.get('local');
    assert.equal(local?.kind === 'upstream' && local.url, 'http://127.0.0.1:11434/v1');
    assert.deepEqual(tenancy.tenants.get('acme'), {
      agents: ['hermes', 'test'],
      retentionSeconds: 90 * 86_400,
      approve: 'operator',
      limits: {
        runs: 8,
        requestsPerMinute: 600,
        tokensPerMinute: 200_000,
        tokensPerDay: 50_000_000,
        storageBytes: 10_000_000_000,
      },
    });
    assert.deepEqual(tenancy.tenants.get('lab'), tenancy.standard);
    assert.deepEqual(
      tenancy.keys?.map(({ name, tenant }) => `${name} of ${tenant}`),
      ['acme-ci of acme', 'lab-laptop of lab'],
    );
  });

  test('explains the settings of the example', () => {
    const { agents, tenants, keys } = parse(example);
    const rows = rowsOf('`agents`');
    for (const name of Object.values(agents).flatMap((agent) => Object.keys(agent as object))) {
      assert.ok(rows.includes(name), name);
    }
    const { limits, ...others } = tenants.acme;
    const names = [...Object.keys(others), ...Object.keys(limits).map((name) => `limits.${name}`)];
    assert.deepEqual(rowsOf('`tenants`'), names);
    assert.deepEqual(rowsOf('`keys`'), Object.keys(keys[0]));
  });

  test('explains every setting that the error for an unknown one lists', () => {
    const wrong: [text: string, title: string, prefix: string][] = [
      ['agents: { a: { x: 1 } }', '`agents`', ''],
      ['mcp_servers: { a: { x: 1 } }', '`mcp_servers`', ''],
      ['webhooks: { a: { x: 1 } }', '`webhooks`', ''],
      ['tenants: { a: { x: 1 } }', '`tenants`', ''],
      ['tenants: { a: { limits: { x: 1 } } }', '`tenants`', 'limits.'],
      ['keys: [{ x: 1 }]', '`keys`', ''],
    ];
    for (const [text, title, prefix] of wrong) {
      using file = writeConfig(text);
      assert.throws(
        () => loadConfig({ TALARIA_CONFIG: file.path }),
        ({ message }: Error) => {
          const known = /expected one of: (.*)\.$/.exec(message)?.[1]?.split(', ') ?? assert.fail(message);
          for (const name of known) assert.ok(sectionOf(title).includes(`\`${prefix}${name}`), name);
          return true;
        },
      );
    }
  });

  test('has a pattern for secret scanners that matches keys', () => {
    const pattern = /scanners `([^`]+)`/.exec(page)?.[1];
    assert.ok(pattern);
    assert.match(createKey(), new RegExp(`^${pattern}$`));
    assert.equal(createKey().length, Number(/(\d+) characters, for secret scanners/.exec(page)?.[1]));
  });
});
