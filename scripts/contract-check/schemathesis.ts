import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execute } from '../sdk-check/execute.ts';
import { command } from '../sdk-check/generator.ts';
import { printContract } from '../sdk-check/print-contract.ts';
import { startServer } from '../sdk-check/start-server.ts';
import type { Outcome } from './finding.ts';
import { readSchemathesisReport } from './read-schemathesis-report.ts';

const version = '4.32.5';
const key = 'sk-contract-check-0123456789';

/** Bounds of a run. The contract alone would make ten thousands of cases. */
const seed = 14;
const maxExamples = 3;
const maxSeconds = 180;

export async function installSchemathesis(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await execute(command('python3 -m venv venv'), folder);
  await execute(command(`venv/bin/pip install --quiet --disable-pip-version-check schemathesis==${version}`), folder);
}

/** Sends generated requests to this server: to one without keys, and to the API of one that requires a key. */
export async function schemathesis(folder: string): Promise<Outcome> {
  // 3.2 describes the events of streams.
  await writeFile(join(folder, 'contract.json'), await printContract('3.2'));
  const keyless = await run(folder, {}, ['--phases', 'examples,coverage,fuzzing']);
  // A key changes who may call, not what is replied, so the examples suffice.
  const api = ['--phases', 'examples', '--include-path-regex', '^/v1/', '--header', `Authorization: Bearer ${key}`];
  const keyed = await run(folder, { API_SERVER_KEY: key }, api);
  return {
    tool: 'schemathesis',
    summary: `${version}, seed ${seed}: ${keyless.cases} cases without keys, ${keyed.cases} with a key`,
    findings: [...keyless.findings, ...keyed.findings],
  };
}

async function run(folder: string, settings: Record<string, string>, words: string[]) {
  using server = await startServer(settings);
  const report = join(folder, 'report.ndjson');
  await rm(report, { force: true });
  const { program, arguments: start } = command(
    `venv/bin/schemathesis run contract.json --url ${server.url} --seed ${seed} --max-examples ${maxExamples} --max-time ${maxSeconds} --generation-database none --no-shrink --continue-on-failure --no-color --report ndjson --report-ndjson-path ${report}`,
  );
  let failure: unknown;
  // Findings make it fail too, so only a missing report counts.
  await execute({ program, arguments: [...start, ...words] }, folder).catch((error: unknown) => {
    failure = error;
  });
  const result = readSchemathesisReport(await readFile(report, 'utf8').catch(() => ''));
  if (result.cases === 0) throw failure ?? new Error('Schemathesis reported no cases.');
  return result;
}
