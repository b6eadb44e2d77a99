import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { buildTable } from '../../scripts/support-table/build-table.ts';
import { type ContractIndex, readIndex } from '../../scripts/support-table/contract-index.ts';
import { checkDeclared } from '../../scripts/support-table/declared-fields.ts';
import { type Contract, extractIndex } from '../../scripts/support-table/extract-index.ts';
import { loadContract } from '../../src/contract/load-contract.ts';

const run = promisify(execFile);
const main = fileURLToPath(new URL('../../scripts/support-table/main.ts', import.meta.url));
const tablePath = new URL('../../docs/support.md', import.meta.url);

describe('the table of what is supported', () => {
  let table: string;
  let index: ContractIndex;
  before(async () => {
    index = readIndex();
    table = await buildTable(index);
  });

  it('is what the server does now', async () => {
    assert.equal(table, await readFile(tablePath, 'utf8'), 'docs/support.md is stale: npm run support-table');
  });

  it('has a row for every name in the contracts', () => {
    const { inputItems, outputItems, tools, toolChoices, events, operations } = index;
    for (const names of [inputItems, outputItems, tools, toolChoices, events].map(Object.keys)) {
      assert.ok(names.length > 3);
      for (const name of names) assert.ok(table.includes(`| \`${name}\` |`), name);
    }
    for (const { method, path, body, query } of operations) {
      const title = `\`${method.toUpperCase()} ${path}\``;
      assert.ok(table.includes(`| ${title} |`), title);
      const section = table.split(`### ${title}\n`)[1]?.split('\n### ')[0] ?? '';
      for (const name of [...Object.keys(body), ...Object.keys(query).map((name) => `?${name}`)]) {
        assert.ok(section.includes(`| \`${name}\` |`), `${name} of ${title}`);
      }
    }
  });

  it('calls an operation supported exactly where our contract has it', () => {
    const paths = new Set(loadContract().operations.map(({ method, path }) => `${method} ${path}`));
    const toKey = (text: string) => text.replaceAll(/\{\w+\}/g, '{}');
    const ours = new Set([...paths].map(toKey));
    for (const { method, path } of index.operations) {
      const isOurs = ours.has(toKey(`${method} /v1${path}`));
      const row = table.split('\n').find((line) => line.startsWith(`| \`${method.toUpperCase()} ${path}\` |`));
      assert.equal(row?.endsWith('| supported |'), isOurs, row);
    }
  });

  it('distinguishes supported, echoed, ignored and refused fields', () => {
    const responses = table.split('### `POST /responses`\n')[1]?.split('\n### ')[0] ?? '';
    for (const [name, verdict] of Object.entries({
      temperature: 'supported',
      store: 'supported',
      truncation: 'supported',
      metadata: 'reported back',
      prompt_cache_retention: 'ignored',
      prompt: 'refused: 400 `unsupported_parameter`',
    })) {
      assert.match(responses, new RegExp(`\\| \`${name}\` \\|[^|]+\\| ${verdict} \\|`));
    }
  });

  it('requires the contracts', async () => {
    const env = { ...process.env, CONTRACTS_DIR: undefined };
    await assert.rejects(run(process.execPath, [main], { env }), /Name the directory/);
  });
});

describe('the declared effect of a field', () => {
  it('must be what the probe observes', () => {
    checkDeclared('/chat/completions', 'metadata', { kind: 'reported' });
    checkDeclared('/responses', 'prompt', { kind: 'refused', status: 400, code: 'unsupported_parameter' });
    assert.throws(
      () => checkDeclared('/chat/completions', 'temperature', { kind: 'ignored' }),
      /temperature of \/chat\/completions is declared 'upstream', but the probe found it ignored/,
    );
  });

  it('is not checked for a field without a declaration', () => {
    checkDeclared('/conversations', 'metadata', { kind: 'reported' });
    checkDeclared('/responses', 'unknown', { kind: 'ignored' });
  });
});

describe('the index of contracts', () => {
  const kinds = (...values: string[]) => ({
    oneOf: values.map((value) => ({ properties: { type: { const: value } } })),
  });
  const toContract = (...fields: string[]): Contract => ({
    paths: {
      '/responses': {
        parameters: [{ in: 'query', name: 'shared' }],
        post: {
          parameters: [
            { in: 'path', name: 'id' },
            { in: 'query', name: 'q' },
          ],
          requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Body' } } } },
          responses: { 200: { content: { 'text/event-stream': { schema: kinds('response.created') } } } },
        },
      },
    },
    components: {
      schemas: {
        Body: { allOf: [{ properties: Object.fromEntries(fields.map((name) => [name, {}])) }] },
        InputItem: kinds('message', 'b'),
        ItemParam: { anyOf: [{ properties: { type: { anyOf: [{ enum: ['message'] }, { enum: [null] }] } } }] },
        OutputItem: kinds('message'),
        ItemField: kinds('message'),
        Tool: kinds('function'),
        ResponsesToolParam: kinds('function'),
        ToolChoiceParam: kinds('function'),
      },
    },
  });

  it('names fields, parameters, kinds and events through references and branches, with where they stand', () => {
    const index = extractIndex({ OpenAI: toContract('z', 'a'), 'Open Responses': toContract('a') });
    const both = ['OpenAI', 'Open Responses'];
    assert.deepEqual(index.operations, [
      {
        method: 'post',
        path: '/responses',
        in: both,
        body: { a: both, z: ['OpenAI'] },
        query: { q: both, shared: both },
      },
    ]);
    assert.deepEqual(index.inputItems, { b: ['OpenAI'], message: both });
    assert.deepEqual(index.events, { 'response.created': both });
    assert.deepEqual(index.webSocket, []);
  });
});
