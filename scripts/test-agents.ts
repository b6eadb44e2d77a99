import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { AgentProgram, Row } from './test-agents/program.ts';
import { anotherTalaria } from './test-agents/programs/another-talaria.ts';
import { hermes } from './test-agents/programs/hermes.ts';
import { litellm, litellmResponses } from './test-agents/programs/litellm.ts';
import { llama } from './test-agents/programs/llama.ts';
import { transformers, transformersResponses } from './test-agents/programs/transformers.ts';
import { recordAgent } from './test-agents/record-agent.ts';
import { runAgent } from './test-agents/run-agent.ts';
import { listFailures, toTable } from './test-agents/to-table.ts';

/**
 * `npm run test:agents [-- NAME… --dir FOLDER]`: installs real programs and runs scenarios with each through a server.
 * Skips a program that this machine cannot install. The installations are kept in the folder and used again.
 */
const agents: AgentProgram[] = [
  hermes,
  llama,
  transformers,
  transformersResponses,
  litellm,
  litellmResponses,
  anotherTalaria,
];
const names = agents.map(({ name }) => name);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    dir: { type: 'string', default: join(tmpdir(), 'talaria-agents') },
    record: { type: 'string' },
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
try {
  for (const agent of agents) {
    if (positionals.length > 0 && !positionals.includes(agent.name)) continue;
    console.log(`\n▶ ${agent.name}`);
    if (values.record !== undefined) {
      console.log(`  ${await recordAgent(agent, { installed, scratch }, resolve(values.record))}`);
      continue;
    }
    const row = await runAgent(agent, { installed, scratch });
    if (row.skipped !== undefined) console.log(`  skipped: ${row.skipped}`);
    rows.push(row);
  }
} finally {
  await rm(scratch, { recursive: true, force: true });
}
const failures = listFailures(rows);
console.log(`\n${toTable(rows)}`);
if (failures.length > 0) {
  console.error(`\nFailed:\n  ${failures.join('\n  ')}`);
  process.exitCode = 1;
}
