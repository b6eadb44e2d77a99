import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { checkGenerator, type Outcome, type Place } from '../../scripts/sdk-check/check-generator.ts';
import type { Command, Generator } from '../../scripts/sdk-check/generator.ts';
import { generators } from '../../scripts/sdk-check/generators.ts';
import { toDocument } from '../../scripts/sdk-check/to-document.ts';
import { toTable } from '../../scripts/sdk-check/to-table.ts';

const good = 'models offline\nchain True\nerror 404 response_not_found\nstream Hello there.\n';
const node = (code: string): Command => ({ program: process.execPath, arguments: ['-e', code] });
const nothing = node('');

describe('the check of a generator', () => {
  test('writes its files, runs its steps in order in its folder, and passes the URL to the program', async (context) => {
    const place = await createPlace(context);
    const write = (file: string) => node(`fs.appendFileSync('log', '${file} ')`);
    const program = `console.log(${JSON.stringify(good)}); fs.appendFileSync('log', process.argv[1])`;
    const generator = createGenerator({
      install: [write('install')],
      files: { 'deep/settings.json': '{}' },
      generate: [write('generate')],
      compile: [write('compile')],
      run: node(program),
    });
    const outcome = await checkGenerator(generator, place);
    assert.equal(outcome.failed, undefined);
    assert.deepEqual(
      outcome.steps.map(({ name }) => name),
      ['generate', 'compile', 'run'],
    );
    const read = (path: string) => readFile(join(place.folder, path), 'utf8');
    assert.equal(await read('log'), 'install generate compile http://there');
    assert.equal(await read('contract.json'), '{"openapi":"3.1.0"}');
    assert.equal(await read('deep/settings.json'), '{}');
    assert.equal(await read('check.py'), 'print()');
  });

  test('is skipped with the reason when its toolchain or generator is unavailable', async (context) => {
    const place = await createPlace(context);
    const without = createGenerator({ needs: [{ program: 'no-such-program', arguments: ['--version'] }] });
    assert.match((await checkGenerator(without, place)).skipped ?? '', /^"no-such-program --version" fails here$/);
    const offline = createGenerator({ install: [node(`console.error('no network'); process.exit(1)`)] });
    assert.match((await checkGenerator(offline, place)).skipped ?? '', /can't be installed: no network$/);
  });

  test('fails with the output of a step, or when the program prints something else', async (context) => {
    const place = await createPlace(context);
    const broken = createGenerator({ compile: [node(`console.error('no such type'); process.exit(1)`)] });
    const outcome = await checkGenerator(broken, place);
    assert.match(outcome.failed ?? '', /no such type/);
    assert.equal(outcome.steps.at(-1)?.name, 'compile');
    const wrong = createGenerator({ run: node(`console.log('models none')`) });
    assert.match((await checkGenerator(wrong, place)).failed ?? '', /printed:\nmodels none/);
  });
});

describe('the tables', () => {
  const steps = [
    { name: 'generate' as const, seconds: 1.25 },
    { name: 'compile' as const, seconds: 2 },
  ];
  const [go, java, python] = ['go', 'java', 'python'].map((name) => createGenerator({ name, version: '1' }));
  assert.ok(go && java && python);
  const outcomes: Outcome[] = [
    { generator: go, steps: [...steps, { name: 'run', seconds: 0.5 }] },
    { generator: java, steps, failed: 'no such type' },
    { generator: python, steps: [], skipped: 'there is none' },
  ];

  test('have a row per generator, with skipped and failed ones explained below', () => {
    assert.deepEqual(toTable(outcomes).split('\n'), [
      'generator  version  generate  compile  run    time',
      'go         1        1.3 s     2.0 s    0.5 s  3.8 s',
      'java       1        1.3 s     FAILED   -      3.3 s',
      'python     1        -         -        -      skipped',
      'java failed: no such type',
      'python was skipped: there is none',
    ]);
  });

  test('replace their rows in the document, and keep those of generators that did not run', () => {
    const start = '<!-- The table is written by "npm run sdk:check -- --write". -->';
    const head = '| generator | contract | settings | streams | checked |\n|---|---|---|---|---|\n';
    const document = (rows: string) => `# Title\n\n${start}\n\n${head}${rows}\nText\n\n| other | table |\n`;
    const row = (name: string, version: string, verdict: string) =>
      `| Some: \`${name}\` ${version} | \`talaria openapi\` | none | reads them | ${verdict} |\n`;
    const old = [row('python', '0', 'passed, 2020-01-01'), row('go', '0', 'passed, 2020-01-01'), row('gone', '0', '')];
    assert.equal(
      toDocument(document(old.join('')), [go, java, python], outcomes, '2026-12-01'),
      document(
        row('go', '1', 'passed, 2026-12-01') +
          row('java', '1', '**failed** to compile, 2026-12-01') +
          row('python', '0', 'passed, 2020-01-01'),
      ),
    );
    assert.throws(() => toDocument('# Title', [go], outcomes, '2026-12-01'), /has no line/);
  });

  test('of docs/sdk.md has a row for every generator, with its version', async () => {
    const document = await readFile(new URL('../../docs/sdk.md', import.meta.url), 'utf8');
    const rows = document.split('\n').filter((line) => line.startsWith('| '));
    for (const { language, name, version } of generators)
      assert.ok(
        rows.some((row) => row.startsWith(`| ${language}: \`${name}\` ${version} |`)),
        `docs/sdk.md has no row for ${name} ${version}: run "npm run sdk:check -- --only ${name} --write"`,
      );
  });
});

function createGenerator(parts: Partial<Generator>): Generator {
  const run = node(`console.log(${JSON.stringify(good)})`);
  const words = { name: 'some', language: 'Some', version: '1', form: 'plain' as const, settings: 'none' };
  const commands = { needs: [nothing], install: [], generate: [nothing], compile: [nothing], run };
  return { ...words, streams: 'reads them', ...commands, ...parts };
}

async function createPlace(context: { after(clean: () => Promise<void>): void }): Promise<Place> {
  const root = await mkdtemp(join(tmpdir(), 'talaria-sdk-check-'));
  context.after(() => rm(root, { recursive: true }));
  const place = { folder: join(root, 'client'), programs: join(root, 'programs') };
  await mkdir(place.programs);
  await writeFile(join(place.programs, 'check.py'), 'print()');
  return { ...place, contract: '{"openapi":"3.1.0"}', url: 'http://there' };
}
