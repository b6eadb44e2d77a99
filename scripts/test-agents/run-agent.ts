import { join } from 'node:path';
import OpenAI from 'openai';
import { type AgentProgram, agentScenarios, type Cell, type Place, type Row } from './program.ts';
import { scenarios } from './scenarios/all.ts';
import type { ScenarioContext } from './scenarios/context.ts';
import { startScriptedModel } from './scripted-model.ts';
import { Skipped } from './skipped.ts';
import { startTalaria } from './start-talaria.ts';

/** One scenario. */
const scenarioMs = 60_000;

/** Starts an agent and a server in front of it, and runs the scenarios one after another. */
export async function runAgent(program: AgentProgram, place: Place): Promise<Row> {
  const { name, title, limitations } = program;
  const row: Row = { name, title, cells: {}, limitations };
  await using model = await startScriptedModel();
  try {
    await using agent = await program.start(place, model);
    row.version = agent.version;
    await using talaria = await startTalaria(join(place.scratch, name), agent.settings);
    const connect = (apiKey: string) =>
      new OpenAI({ baseURL: `${talaria.url}/v1`, apiKey, maxRetries: 0, timeout: scenarioMs });
    const { acme, lab } = talaria.keys;
    const context = { program, agent, acme: connect(acme), lab: connect(lab), requests: model.requests };
    for (const scenario of agentScenarios) {
      const started = performance.now();
      const cell = await runScenario(scenario, context);
      row.cells[scenario] = cell;
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(`  ${cell.outcome === 'pass' ? '✓' : '✗'} ${scenario} (${seconds} s) ${cell.reason ?? ''}`.trimEnd());
    }
  } catch (error) {
    if (!(error instanceof Skipped)) throw error;
    row.skipped = error.message;
  }
  return row;
}

async function runScenario(name: (typeof agentScenarios)[number], context: ScenarioContext): Promise<Cell> {
  try {
    await scenarios[name](context);
    return { outcome: 'pass' };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { outcome: 'fail', reason: text.replace(/\s+/g, ' ').slice(0, 300) };
  }
}
