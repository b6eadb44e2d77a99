import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import openapiTypescript, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { parse } from 'yaml';
import { buildPages } from './docs/build-pages.ts';
import { fillDiscriminators } from './fill-discriminators.ts';
import { fillRecordings } from './fill-recordings.ts';
import { toOperationPaths } from './sdk/to-operation-paths.ts';

/**
 * Writes what is derived from openapi.yaml: `generated/openapi.d.ts` (types), `generated/openapi.json` (loaded at
 * start, because parsing YAML is slow; with the recorded examples) and the operations of the TypeScript client; and from
 * the guides and scripts/docs the pages under /docs. With `--check` it writes nothing and fails when a file is stale.
 */
const root = new URL('../', import.meta.url);
const notice = '// Generated from openapi.yaml by scripts/generate.ts. Do not edit.\n\n';

const { values: options } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const recordings = JSON.parse(await readFile(new URL('generated/examples.json', root), 'utf8'));
const handwritten = parse(await readFile(new URL('openapi.yaml', root), 'utf8'));
const document = fillDiscriminators(fillRecordings(handwritten, recordings));

const files = {
  'generated/openapi.d.ts': notice + (await toTypes(document)),
  'generated/openapi.json': `${JSON.stringify(document)}\n`,
  'scripts/sdk/typescript/operation-paths.ts': notice + toOperationPaths(document),
  ...(await buildPages(document, recordings)),
};

for (const [path, content] of Object.entries(files)) {
  const url = new URL(path, root);
  if (!options.check) {
    await mkdir(new URL('./', url), { recursive: true });
    await writeFile(url, content);
  } else if ((await readIfExists(url)) !== content) {
    console.error(`${path} is stale: run "npm run generate".`);
    process.exitCode = 1;
  }
}

/**
 * The generator gets no discriminators: it would write each tag as one mapping key, which is wrong where a schema has
 * two tags, while `const` and `enum` alone already give exact literal types.
 */
async function toTypes(source: unknown): Promise<string> {
  const copy: unknown = JSON.parse(
    JSON.stringify(source, (key, value) => (key === 'discriminator' ? undefined : value)),
  );
  // The generator checks the document itself; its parameter type only wants the outermost shape.
  const nodes = await openapiTypescript(copy as OpenAPI3, { defaultNonNullable: false, silent: true });
  return astToString(nodes);
}

async function readIfExists(url: URL): Promise<string | undefined> {
  return readFile(url, 'utf8').catch(() => undefined);
}
