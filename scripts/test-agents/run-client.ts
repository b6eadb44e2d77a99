import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ClientProgram } from './clients.ts';
import { type Place, type Row, scenarioNames } from './program.ts';
import { runCommand } from './run-command.ts';
import { Skipped } from './skipped.ts';
import { startTalaria } from './start-talaria.ts';

/** All scenarios. */
const clientMs = 120_000;

/** The MCP server of the scenario `mcp`. */
const program = fileURLToPath(import.meta.resolve('@modelcontextprotocol/server-everything/dist/index.js'));
const tools = { mcp_servers: { everything: { command: process.execPath, args: [program, 'stdio'] } } };

/** Runs a client's scenarios against a server with the offline agent. */
export async function runClient(client: ClientProgram, place: Place): Promise<Row> {
  const { name, title } = client;
  const row: Row = { name, title, cells: {}, limitations: {} };
  try {
    const { version, command, args } = await client.prepare(place);
    row.version = version;
    await using talaria = await startTalaria(join(place.scratch, name), { AGENT_URL: 'offline:' }, tools);
    const { acme, lab } = talaria.keys;
    const env = { BASE_URL: `${talaria.url}/v1`, ACME_KEY: acme, LAB_KEY: lab };
    const output = await runCommand(command, args, { env, timeoutMs: clientMs });
    const outcomes = new Map(output.split('\n').map((line) => line.split('\t', 2) as [string, string]));
    for (const scenario of scenarioNames) {
      const reason = outcomes.get(scenario) ?? 'not run';
      row.cells[scenario] = reason === 'ok' ? { outcome: 'pass' } : { outcome: 'fail', reason };
      console.log(`  ${reason === 'ok' ? '✓' : '✗'} ${scenario} ${reason === 'ok' ? '' : reason}`.trimEnd());
    }
  } catch (error) {
    if (!(error instanceof Skipped)) throw error;
    row.skipped = error.message;
  }
  return row;
}
