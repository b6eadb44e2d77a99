import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { clients } from './test-agents/clients.ts';
import type { AgentProgram, Row } from './test-agents/program.ts';
import { anotherTalaria } from './test-agents/programs/another-talaria.ts';
import { hermes, hermesResponses } from './test-agents/programs/hermes.ts';
import { litellm, litellmResponses } from './test-agents/programs/litellm.ts';
import { llama } from './test-agents/programs/llama.ts';
import { transformers, transformersResponses } from './test-agents/programs/transformers.ts';
import { recordAgent } from './test-agents/record-agent.ts';
import { runAgent } from './test-agents/run-agent.ts';
import { runClient } from './test-agents/run-client.ts';
import { listFailures, toTable } from './test-agents/to-table.ts';
import { writeTable } from './test-agents/write-table.ts';

/**
 * `npm run test:agents [-- NAME… --dir FOLDER --write]`: installs real programs and runs scenarios with each through a
 * server. Skips a program that this machine cannot install. The installations are kept in the folder and used again.
 * `--write` writes the table into docs/agents.md. `--record FOLDER` records the agents' own replies instead.
 */
const agents: AgentProgram[] = [
  hermes,
  hermesResponses,
  llama,
  transformers,
  transformersResponses,
  litellm,
  litellmResponses,
  anotherTalaria,
];
const names = [...agents, ...clients].map(({ name }) => name);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    dir: { type: 'string', default: join(tmpdir(), 'talaria-agents') },
    record: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});
const unknown = positionals.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`Unknown program ${unknown.join(', ')}. Expected one of: ${names.join(', ')}.`);
  process.exit(2);
}

const installed = resolve(values.dir);
await mkdir(installed, { recursive: true });
const scratch = await mkdtemp(join(tmpdir(), 'talaria-agents-run-'));
const rows: Row[] = [];
const isChosen = ({ name }: { name: string }): boolean => positionals.length === 0 || positionals.includes(name);
const add = (row: Row): void => {
  if (row.skipped !== undefined) console.log(`  skipped: ${row.skipped}`);
  rows.push(row);
};
try {
  const place = { installed, scratch };
  for (const agent of agents.filter(isChosen)) {
    console.log(`\n▶ ${agent.name}`);
    if (values.record === undefined) add(await runAgent(agent, place));
    else console.log(`  ${await recordAgent(agent, place, resolve(values.record))}`);
  }
  for (const client of values.record === undefined ? clients.filter(isChosen) : []) {
    console.log(`\n▶ ${client.name}`);
    add(await runClient(client, place));
  }
} finally {
  await rm(scratch, { recursive: true, force: true });
}
const failures = listFailures(rows);
if (values.write) await writeTable(toTable(rows));
console.log(`\n${toTable(rows)}`);
if (failures.length > 0) {
  console.error(`\nFailed:\n  ${failures.join('\n  ')}`);
  process.exitCode = 1;
}
