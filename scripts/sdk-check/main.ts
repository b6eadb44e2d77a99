import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { checkGenerator, type Outcome } from './check-generator.ts';
import { generators } from './generators.ts';
import { printContract } from './print-contract.ts';
import { startServer } from './start-server.ts';
import { toDocument } from './to-document.ts';
import { toTable } from './to-table.ts';

/**
 * `npm run sdk:check [-- --only oapi-codegen,ogen] [--write]`: generates clients from the contract, compiles them, and
 * runs them against this server. They remain in dist-sdk/. The generators come from their registries. `--write` puts
 * the outcomes into docs/sdk.md.
 */
const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const documentPath = path('../../docs/sdk.md');
const names = generators.map(({ name }) => name);
const { values: options } = parseArgs({
  options: { only: { type: 'string', default: names.join() }, write: { type: 'boolean', default: false } },
});
const chosen = options.only.split(',');
const unknown = chosen.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`Unknown generator ${unknown.join(', ')}. Expected one of: ${names.join(', ')}.`);
  process.exit(1);
}

const outcomes: Outcome[] = [];
{
  using server = await startServer();
  for (const generator of generators.filter(({ name }) => chosen.includes(name))) {
    const { name, version, form } = generator;
    console.log(`▶ ${name} ${version}`);
    const contract = await printContract(form);
    const place = { folder: path(`../../dist-sdk/${name}`), programs: path(`programs/${name}`), contract };
    outcomes.push(await checkGenerator(generator, { ...place, url: server.url }));
  }
}
console.log(`\n${toTable(outcomes)}`);
if (options.write) {
  const date = new Date().toISOString().slice(0, 10);
  await writeFile(documentPath, toDocument(await readFile(documentPath, 'utf8'), generators, outcomes, date));
}
if (outcomes.some(({ failed }) => failed !== undefined)) process.exitCode = 1;
