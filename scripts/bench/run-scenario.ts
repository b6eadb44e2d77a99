import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Candidate } from './candidates/candidate.ts';
import { createFloor } from './candidates/floor.ts';
import type { Figure, Sample, Scenario } from './scenario.ts';
import { startProcess } from './start-process.ts';

/** The samples of a scenario, round by round. */
export interface Measurement {
  scenario: string;
  figures: readonly Figure[];
  floor: Sample[];
  /** By name, in the order of the candidates. */
  candidates: Record<string, Outcome>;
}

/** The reason replaces the samples of a candidate that did not start or sent an incorrect reply. */
export type Outcome = { samples: Sample[] } | { fault: string };

interface Entrant {
  candidate: Candidate;
  samples: Sample[];
  measure?: () => Promise<Sample>;
  fault?: string;
}

/**
 * Starts the servers of a scenario as child processes and measures the floor and the candidates in turn, in each round
 * in another order.
 */
export async function runScenario(
  { name: scenario, figures, floor: script, maxRounds = Number.POSITIVE_INFINITY, open }: Scenario,
  candidates: readonly Candidate[],
  rounds: number,
): Promise<Measurement> {
  await using stack = new AsyncDisposableStack();
  const upstream = stack.use(await startProcess('scripts/bench/servers/upstream.ts'));
  const floor: Entrant = { candidate: createFloor(script), samples: [] };
  const entrants = [floor, ...candidates.map((candidate): Entrant => ({ candidate, samples: [] }))];

  for (const entrant of entrants) {
    const start = async () => {
      const folder = await mkdtemp(join(tmpdir(), 'talaria-bench-'));
      stack.defer(() => rm(folder, { recursive: true, force: true }));
      return await entrant.candidate.start({ upstream: upstream.url, folder });
    };
    await attempt(entrant, async () => {
      entrant.measure = await open(start, stack);
    });
  }
  for (let round = 0; round < Math.min(rounds, maxRounds); round++) {
    // The order changes, so that drift favours none.
    const turn = round % entrants.length;
    for (const entrant of [...entrants.slice(turn), ...entrants.slice(0, turn)]) {
      const { measure, samples } = entrant;
      if (measure && entrant.fault === undefined) await attempt(entrant, async () => samples.push(await measure()));
    }
  }
  if (floor.fault !== undefined) throw new Error(`${script}: ${floor.fault}`);
  return {
    scenario,
    figures,
    floor: floor.samples,
    candidates: Object.fromEntries(
      entrants.slice(1).map(({ candidate, ...entrant }) => [candidate.name, toOutcome(entrant)]),
    ),
  };
}

async function attempt(entrant: Entrant, step: () => Promise<unknown>): Promise<void> {
  try {
    await step();
  } catch (error) {
    entrant.fault = error instanceof Error ? error.message : String(error);
  }
}

const toOutcome = ({ samples, fault }: Omit<Entrant, 'candidate'>): Outcome =>
  fault === undefined ? { samples } : { fault };
