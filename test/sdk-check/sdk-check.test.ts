import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { checkLanguage } from '../../scripts/sdk-check/check-language.ts';
import type { Command, Language } from '../../scripts/sdk-check/languages.ts';
import { loosenDocument } from '../../scripts/sdk-check/loosen-document.ts';
import { toTable } from '../../scripts/sdk-check/to-table.ts';

const good = 'models offline\nchain True\nerror 404 response_not_found\nstream Hello there.\n';
const node = (code: string): Command => ({ program: process.execPath, arguments: ['-e', code] });
const nothing = node('');

describe('the check of a language', () => {
  test('runs its steps in order in its folder, and passes the URL to the program', async (context) => {
    const folder = await createFolder(context);
    const write = (file: string) => node(`fs.appendFileSync('log', '${file} ')`);
    const program = `console.log(${JSON.stringify(good)}); fs.appendFileSync('log', process.argv[1])`;
    const language = createLanguage({
      install: [write('install')],
      generate: [write('generate')],
      compile: [write('compile')],
      run: node(program),
    });
    const outcome = await checkLanguage(
      { ...language, prepare: (path) => writeFile(join(path, 'log'), '') },
      folder,
      'http://there',
    );
    assert.equal(outcome.failed, undefined);
    assert.deepEqual(
      outcome.steps.map(({ name }) => name),
      ['generate', 'compile', 'run'],
    );
    assert.equal(await readFile(join(folder, 'log'), 'utf8'), 'generate compile http://there');
  });

  test('is skipped with the reason when its toolchain or generator is unavailable', async (context) => {
    const folder = await createFolder(context);
    const without = createLanguage({ needs: [{ program: 'no-such-program', arguments: ['--version'] }] });
    assert.match((await checkLanguage(without, folder, '')).skipped ?? '', /^"no-such-program --version" fails here$/);
    const offline = createLanguage({ install: [node(`console.error('no network'); process.exit(1)`)] });
    assert.match((await checkLanguage(offline, folder, '')).skipped ?? '', /can't be installed: no network$/);
  });

  test('fails with the output of a step, or when the program prints something else', async (context) => {
    const folder = await createFolder(context);
    const broken = createLanguage({ compile: [node(`console.error('no such type'); process.exit(1)`)] });
    const outcome = await checkLanguage(broken, folder, '');
    assert.match(outcome.failed ?? '', /no such type/);
    assert.equal(outcome.steps.at(-1)?.name, 'compile');
    const wrong = createLanguage({ run: node(`console.log('models none')`) });
    assert.match((await checkLanguage(wrong, folder, '')).failed ?? '', /printed:\nmodels none/);
  });
});

test('the table has a row per language, and explains skipped and failed ones below', () => {
  const steps = [
    { name: 'generate' as const, seconds: 1.25 },
    { name: 'compile' as const, seconds: 2 },
  ];
  const table = toTable([
    { language: 'go', generator: 'oapi-codegen 1', steps: [...steps, { name: 'run', seconds: 0.5 }] },
    { language: 'java', generator: 'other 2', steps, failed: 'no such type' },
    { language: 'python', generator: 'third 3', steps: [], skipped: 'there is none' },
  ]);
  assert.deepEqual(table.split('\n'), [
    'language  generator       generate  compile  run    time',
    'go        oapi-codegen 1  1.3 s     2.0 s    0.5 s  3.8 s',
    'java      other 2         1.3 s     FAILED   -      3.3 s',
    'python    third 3         -         -        -      skipped',
    'java failed: no such type',
    'python was skipped: there is none',
  ]);
});

test('the loosened contract has any JSON in place of unions that hold more than objects, and nothing else changed', () => {
  const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  const orNull = (schema: object) => ({ anyOf: [schema, { type: 'null' }] });
  const kept = {
    Cat: { type: 'object', properties: { name: { type: 'string' }, friend: orNull(ref('Dog')) } },
    Dog: { type: 'object', properties: { type: { const: 'dog' } } },
    Pet: { oneOf: [ref('Cat'), ref('Dog')] },
    Pets: { type: 'array', items: ref('Pet') },
  };
  const parameters = { Limit: { name: 'limit', schema: { type: 'integer' } } };
  const document = {
    components: {
      schemas: {
        ...kept,
        Input: { anyOf: [{ type: 'string' }, ref('Pets')] },
        Owner: {
          type: 'object',
          not: { required: ['a'] },
          properties: { input: orNull(ref('Input')), none: { type: 'null' } },
        },
      },
      parameters: { ...parameters, Filter: { name: 'f', style: 'deepObject', schema: { type: 'object' } } },
    },
  };
  assert.deepEqual(loosenDocument(document).components, {
    schemas: { ...kept, Input: {}, Owner: { type: 'object', properties: { input: {}, none: {} } } },
    parameters: { ...parameters, Filter: { name: 'f', schema: { type: 'string' } } },
  });
});

function createLanguage(parts: Partial<Language>): Language {
  const run = node(`console.log(${JSON.stringify(good)})`);
  const prepare = async () => {};
  const commands = { needs: [nothing], install: [], generate: [nothing], compile: [nothing], run };
  return { name: 'some', generator: 'some 1', prepare, ...commands, ...parts };
}

async function createFolder(context: { after(clean: () => Promise<void>): void }): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'talaria-sdk-check-'));
  context.after(() => rm(folder, { recursive: true }));
  return folder;
}
