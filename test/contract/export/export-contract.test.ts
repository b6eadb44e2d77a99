import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import AjvDraft4 from 'ajv-draft-04';
import { type ContractForm, exportContract } from '../../../src/contract/export/export-contract.ts';
import { loadContract } from '../../../src/contract/load-contract.ts';
import type { Schema } from '../../../src/contract/schema.ts';
import { visitMediaTypes, visitSchemas } from '../../../src/contract/visit-schemas.ts';

const { document } = loadContract();
const exported = (...forms: ContractForm[]) => exportContract(document, forms);
const schemasOf = (...forms: ContractForm[]) => exported(...forms).components.schemas;

describe('the exported contract', () => {
  test('is a copy: the contract itself stays as it is', () => {
    const before = JSON.stringify(document);
    exported('generators', '3.0');
    exported('3.2');
    assert.equal(JSON.stringify(document), before);
    assert.deepEqual(exported(), document);
  });

  const combinations: ContractForm[][] = [
    ['generators'],
    ['3.0'],
    ['3.2'],
    ['generators', '3.0'],
    ['generators', '3.2'],
  ];
  for (const forms of combinations) {
    test(`is valid for Redocly as ${forms.join(' and ')}`, { timeout: 60_000 }, async (context) => {
      const folder = await mkdtemp(join(tmpdir(), 'talaria-export-'));
      context.after(() => rm(folder, { recursive: true }));
      const file = join(folder, 'openapi.json');
      await writeFile(file, JSON.stringify(exported(...forms)));
      assert.deepEqual(await lint(file), []);
    });
  }
});

describe('the form for generators', () => {
  const generators = exported('generators');

  test('has neither defaults, exclusions nor rounded bounds, and no union with a string or a list', () => {
    let unions = 0;
    visitSchemas(generators, (schema) => {
      assert.ok(!('default' in schema) && !('not' in schema));
      assert.ok(Math.abs(schema.maximum ?? 0) < 2 ** 63, `rounded bound in ${JSON.stringify(schema)}`);
      const members = (schema.anyOf ?? schema.oneOf ?? []).filter(({ type }) => type !== 'null');
      if (members.length < 2) return;
      unions += 1;
      for (const member of members) assert.ok(member.$ref !== undefined || member.properties, JSON.stringify(member));
    });
    assert.ok(unions > 10);
    assert.deepEqual(generators.components.schemas['ResponseInput'], {
      description: document.components.schemas['ResponseInput']?.description,
    });
  });

  test('keeps unions of objects, values that may be null and the types of the events', () => {
    const { OutputItem, ResponseStreamEvent, ResponseResource } = generators.components.schemas;
    assert.ok((OutputItem?.oneOf?.length ?? 0) > 10);
    assert.ok((ResponseStreamEvent?.oneOf?.length ?? 0) > 50);
    assert.deepEqual(ResponseResource?.properties?.['error']?.anyOf, [
      { $ref: '#/components/schemas/ResponseFailure' },
      { type: 'null' },
    ]);
  });

  test('has no bound that would be rounded, and no webhooks', () => {
    const { seed } = generators.components.schemas['CreateChatCompletionRequest']?.properties ?? {};
    assert.ok(seed && !('maximum' in seed) && !('minimum' in seed));
    const { temperature } = generators.components.schemas['CreateChatCompletionRequest']?.properties ?? {};
    assert.equal(temperature?.maximum, 2);
    assert.equal(generators.webhooks, undefined);
    assert.ok(generators.components.schemas['ResponseCompletedWebhookEvent']);
  });

  test('has one type for the errors of each operation, with statuses of their own', () => {
    const { responses } = generators.paths['/v1/responses']?.post ?? {};
    assert.ok(responses?.['404'] && !('default' in responses));
    const ready = generators.paths['/ready']?.get?.responses ?? {};
    const errors = Object.entries(ready).filter(([status]) => status !== '200');
    assert.ok(errors.length > 1);
    for (const [, { content }] of errors) assert.deepEqual(content, { 'application/json': { schema: {} } });
  });

  test('has no enum of which generators make the same name twice', () => {
    const { enum: values, ...text } = document.components.schemas['PromptCacheRetention'] ?? {};
    assert.ok(values?.includes('in_memory') && values.includes('in-memory'));
    assert.deepEqual(generators.components.schemas['PromptCacheRetention'], text);
    assert.ok(generators.components.schemas['SortOrder']?.enum);
  });

  test('has one media type for each reply', () => {
    const { content } = generators.paths['/v1/responses']?.post?.responses['200'] ?? {};
    assert.deepEqual(Object.keys(content ?? {}), ['application/json']);
  });

  test('has objects in the query as strings', () => {
    const before = Object.values(document.components.parameters ?? {}).filter(({ style }) => style === 'deepObject');
    assert.ok(before.length > 0);
    for (const { style, schema } of Object.values(generators.components.parameters ?? {})) {
      assert.ok(style !== 'deepObject' && schema);
    }
  });
});

describe('OpenAPI 3.0', () => {
  const openApi30 = createRequire(import.meta.url)('express-openapi-validator/dist/framework/openapi.v3.schema.json');

  for (const forms of [['3.0'], ['generators', '3.0']] satisfies ContractForm[][]) {
    test(`matches the schema of the OpenAPI Initiative as ${forms.join(' and ')}`, () => {
      const ajv = new AjvDraft4.default({ strict: false, validateFormats: false, allErrors: true });
      const validate = ajv.compile(openApi30);
      assert.ok(validate(exported(...forms)), JSON.stringify(validate.errors?.slice(0, 5), null, 1));
      const wrong = exported('3.0');
      Object.assign(wrong.components.schemas['Model'] ?? {}, { type: ['object', 'null'] });
      assert.equal(validate(wrong), false);
    });
  }

  const schemas = schemasOf('3.0');
  const property = (schema: string, name: string) => schemas[schema]?.properties?.[name] as Record<string, unknown>;

  test('has no keyword of JSON Schema 2020-12', () => {
    visitSchemas(exported('3.0'), (schema) => {
      for (const keyword of ['const', 'examples', 'propertyNames', 'contentEncoding', 'contentMediaType'])
        assert.ok(!(keyword in schema), `${keyword} in ${JSON.stringify(schema).slice(0, 200)}`);
      assert.notEqual(schema.type, 'null');
      if (schema.$ref !== undefined) assert.deepEqual(Object.keys(schema), ['$ref']);
    });
    assert.equal(exported('3.0').webhooks, undefined);
  });

  test('has nullable values in place of null, next to a type', () => {
    assert.deepEqual(property('Model', 'parent'), {
      type: 'string',
      nullable: true,
      description: 'The model that this one was made from. Always `null`.',
    });
    const { error } = schemas['ResponseResource']?.properties ?? {};
    const { type, nullable, allOf } = error as Schema & { nullable?: boolean };
    assert.deepEqual([type, nullable, allOf], ['object', true, [{ $ref: '#/components/schemas/ResponseFailure' }]]);
    const { anyOf } = schemas['CreateResponseRequest']?.properties?.['tool_choice'] ?? {};
    assert.deepEqual(anyOf?.at(-1), { type: 'string', nullable: true, enum: [null] });
  });

  test('has constants as enums of one value', () => {
    assert.deepEqual(property('Model', 'object'), { type: 'string', enum: ['model'] });
  });
});

describe('OpenAPI 3.2', () => {
  const openApi32 = exported('3.2');

  test('describes each event of a stream, and its last line', () => {
    const { content } = openApi32.paths['/v1/responses']?.post?.responses['200'] ?? {};
    const { schema, itemSchema } = content?.['text/event-stream'] ?? {};
    assert.equal(schema, undefined);
    assert.deepEqual(itemSchema?.properties?.['data'], {
      anyOf: [
        { const: '[DONE]' },
        {
          type: 'string',
          contentMediaType: 'application/json',
          contentSchema: { $ref: '#/components/schemas/ResponseStreamEvent' },
        },
      ],
    });
    visitMediaTypes(openApi32, (media) => assert.ok(!('x-event-schema' in media)));
  });

  test('has the text of a stream as a serialized value', () => {
    const { value, serializedValue } = openApi32.components.examples?.['ChatStreamText'] ?? {};
    assert.equal(value, undefined);
    assert.match(String(serializedValue), /^data: \{[\s\S]+data: \[DONE\]\n\n$/);
  });
});

/** Returns the errors of `redocly lint`. */
async function lint(file: string): Promise<string[]> {
  const cli = fileURLToPath(new URL('../../../node_modules/.bin/redocly', import.meta.url));
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  const words = [cli, 'lint', file, '--format=json'];
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, words, { env, maxBuffer: 64 * 1024 * 1024 }, (_, stdout) => resolve(stdout));
  });
  const { problems } = JSON.parse(output) as { problems: { severity: string; message: string }[] };
  return problems.flatMap(({ severity, message }) => (severity === 'error' ? [message] : []));
}
