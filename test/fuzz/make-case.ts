import { createCaseRandom } from './case-random.ts';
import { runBodyCase, runLargeBodyCase } from './cases/body-case.ts';
import { runBytesCase } from './cases/bytes-case.ts';
import { runChainCase } from './cases/chain-case.ts';
import { runFrameCase } from './cases/frame-case.ts';
import { runHeaderCase } from './cases/header-case.ts';
import { runPathCase } from './cases/path-case.ts';
import { runSchemaCase } from './cases/schema-case.ts';
import { runUpstreamCase } from './cases/upstream-case.ts';
import { FuzzCase, type Target } from './fuzz-case.ts';

type Run = (fuzz: FuzzCase) => Promise<void>;

/** How many of a thousand cases are of each kind. */
const kinds: Record<string, { weight: number; run: Run }> = {
  body: { weight: 300, run: runBodyCase },
  schema: { weight: 130, run: runSchemaCase },
  path: { weight: 200, run: runPathCase },
  header: { weight: 70, run: runHeaderCase },
  frame: { weight: 70, run: runFrameCase },
  bytes: { weight: 80, run: runBytesCase },
  chain: { weight: 145, run: runChainCase },
  large: { weight: 5, run: runLargeBodyCase },
};
/** Behind the hostile upstream this many of all cases are about its answers. */
const upstreamShare = 3;

export interface CaseOfRun {
  index: number;
  seed: number;
  target: Target;
  /** Only cases of these kinds; all when undefined. The others do nothing. */
  kinds?: readonly string[] | undefined;
}

/** Runs case `index` and returns what it found. A fault of the case itself rejects. */
export async function runCase({
  index,
  seed,
  target,
  kinds: chosen,
}: CaseOfRun): Promise<{ kind: string; fuzz: FuzzCase }> {
  const random = createCaseRandom(seed, index);
  const fuzz = new FuzzCase({ index, seed, random, target });
  const isOfUpstream = target.agent === 'hostile' && random.once(upstreamShare);
  const kind = isOfUpstream ? 'upstream' : pickKind(random(1000));
  const run = isOfUpstream ? runUpstreamCase : kinds[kind]?.run;
  if (run !== undefined && (chosen === undefined || chosen.includes(kind))) await run(fuzz);
  return { kind, fuzz };
}

function pickKind(thousandth: number): string {
  let rest = thousandth;
  for (const [kind, { weight }] of Object.entries(kinds)) {
    if (rest < weight) return kind;
    rest -= weight;
  }
  throw new Error('The weights of the kinds do not add up to 1000.');
}
