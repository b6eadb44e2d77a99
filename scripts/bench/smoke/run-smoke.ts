import { readFileSync, writeFileSync } from 'node:fs';
import type { Candidate } from '../candidates/candidate.ts';
import { runScenario } from '../run-scenario.ts';
import type { Scenario } from '../scenario.ts';
import { createSmokeScenarios } from '../scenarios.ts';
import { findRegressions, type Ratios, toRatios } from './judge-ratios.ts';

const rounds = 5;
const file = new URL('recorded-ratios.json', import.meta.url);

/** Measures a few scenarios briefly and records their ratios. Returns the exit code. */
export async function recordSmoke(talaria: Candidate): Promise<number> {
  const measured = await measure(createSmokeScenarios(), talaria);
  writeFileSync(file, `${JSON.stringify(measured, null, 2)}\n`);
  print(measured);
  return 0;
}

/**
 * Measures a few scenarios briefly and compares their ratios with the recorded ones. A scenario that is worse is
 * measured again, because another program may have been busy. Returns the exit code.
 */
export async function runSmoke(talaria: Candidate): Promise<number> {
  const recorded: Ratios = JSON.parse(readFileSync(file, 'utf8'));
  const scenarios = createSmokeScenarios();
  const measured = await measure(scenarios, talaria);
  const worse = findRegressions(measured, recorded);
  const again = scenarios.filter(({ name }) => worse.some(({ row }) => row.startsWith(`${name}/`)));
  Object.assign(measured, await measure(again, talaria));
  print(measured);
  const faults = findRegressions(measured, recorded).map(({ reason }) => reason);
  for (const fault of faults) console.error(fault);
  return faults.length === 0 ? 0 : 1;
}

async function measure(scenarios: readonly Scenario[], talaria: Candidate): Promise<Ratios> {
  const ratios: Ratios = {};
  for (const scenario of scenarios) Object.assign(ratios, toRatios(await runScenario(scenario, [talaria], rounds)));
  return ratios;
}

function print(ratios: Ratios): void {
  for (const [row, ratio] of Object.entries(ratios)) console.log(`${row} ${ratio}`);
}
