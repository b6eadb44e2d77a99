import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import openapiTypescript, { astToString, type OpenAPI3, STRING } from 'openapi-typescript';
import ts from 'typescript';
import { parseDocument } from 'yaml';
import type { OpenApiDocument } from '../src/contract/document.ts';
import { listOperations } from '../src/contract/list-operations.ts';
import { providers } from '../test/agent/dialects/providers.ts';
import { servers } from '../test/agent/dialects/servers.ts';
import { readExamples } from '../test/verify/openai-examples/read-examples.ts';
import { fillDocuments } from './docs/fill-documents.ts';
import { toUpstreamsPage } from './docs/to-upstreams-page.ts';
import { writePages } from './docs/write-pages.ts';
import { fillDocument } from './fill-document.ts';
import { deriveObligations } from './obligations/derive-obligations.ts';
import { readPublished } from './obligations/published.ts';
import { writeSamples } from './samples/write-samples.ts';
import { toOperationPaths } from './sdk/to-operation-paths.ts';
import { toRulesSchema } from './to-rules-schema.ts';

/**
 * `npm run generate`: writes everything derived from openapi.yaml. In git: `generated/openapi.d.ts` (types),
 * `generated/openapi.json` (read by the server, because parsing YAML is slow) and `generated/openapi.yaml` (published
 * as it is), `generated/operations.json` (all that a start reads), `generated/obligations.json` (the requirements of
 * the published contracts, by our schemas), the schema of rules files for editors, the operations of the TypeScript
 * client, the examples and error codes in the README and the guides, the table of upstreams, which comes from their
 * tests, and the samples of operations that OpenAI's packages have no methods for. Not in git: the docs. With `--check`
 * it writes nothing and fails if a file in git is stale.
 */
const root = new URL('../', import.meta.url);
const notice = '// Generated from openapi.yaml by scripts/generate.ts. Do not edit.\n\n';

/**
 * The type of a tag for all values that other members of its union do not have: `${string}:${string}`, the form of
 * extensions in Open Responses. With `string` the union could not be narrowed by its tag.
 */
const otherTag = ts.factory.createTemplateLiteralType(ts.factory.createTemplateHead(''), [
  ts.factory.createTemplateLiteralTypeSpan(STRING, ts.factory.createTemplateMiddle(':')),
  ts.factory.createTemplateLiteralTypeSpan(STRING, ts.factory.createTemplateTail('')),
]);

const { values: options } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const recordings = JSON.parse(await readFile(new URL('generated/examples.json', root), 'utf8'));
const handwritten = parseDocument(await readFile(new URL('openapi.yaml', root), 'utf8'));
const { document, yaml } = fillDocument(handwritten, recordings);

const files = {
  'generated/openapi.d.ts': notice + (await toTypes(document)),
  'generated/openapi.json': `${JSON.stringify(document)}\n`,
  'generated/openapi.yaml': yaml,
  'generated/operations.json': `${JSON.stringify(toStart(document as OpenApiDocument))}\n`,
  'generated/obligations.json': `${JSON.stringify(deriveObligations(document, readPublished(), readExamples()))}\n`,
  'generated/rules.schema.json': `${JSON.stringify(toRulesSchema(document), undefined, 2)}\n`,
  'scripts/sdk/typescript/operation-paths.ts': notice + toOperationPaths(document),
  ...(await fillDocuments(document, recordings)),
  'docs/upstreams.md': toUpstreamsPage([...providers, ...servers]),
  ...writeSamples(document as OpenApiDocument),
};

for (const [path, content] of Object.entries(files)) {
  const url = new URL(path, root);
  if (!options.check) {
    await mkdir(new URL('./', url), { recursive: true });
    await writeFile(url, content);
  } else if ((await readIfExists(url)) !== content) {
    console.error(`${path} is stale. Run "npm run generate".`);
    process.exitCode = 1;
  }
}
if (!options.check) await writePages();

/** Returns the part of the contract that a start reads. */
function toStart(contract: OpenApiDocument) {
  return { version: contract.info.version, operations: listOperations(contract) };
}

/**
 * Generates types from a copy without discriminators. The generator would replace each tag by one key of the mapping,
 * which is wrong for a schema with two literals; `const` and `enum` already produce exact literal types.
 */
async function toTypes(source: unknown): Promise<string> {
  const copy: unknown = JSON.parse(
    JSON.stringify(source, (key, value) => (key === 'discriminator' ? undefined : withEventSchema(value))),
  );
  // The generator validates the document itself.
  const nodes = await openapiTypescript(copy as OpenAPI3, {
    defaultNonNullable: false,
    silent: true,
    transform: (schema) => (schema.type === 'string' && 'not' in schema ? otherTag : undefined),
  });
  return astToString(nodes);
}

/** Returns a stream's media type with the schema of its events. */
function withEventSchema(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('x-event-schema' in value)) return value;
  return { ...value, schema: value['x-event-schema'] };
}

async function readIfExists(url: URL): Promise<string | undefined> {
  return readFile(url, 'utf8').catch(() => undefined);
}
