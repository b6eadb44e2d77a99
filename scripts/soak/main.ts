/**
 * `npm run soak [-- --streams N --seconds N --rate N --profile DIRECTORY]`: holds N streams on one process and checks every
 * token; then again with clients that leave, slow readers and an upstream that dies twice. Reports memory per stream, the
 * delay of the event loop, and the time of refusals; fails if anything is lost or left running. See docs/performance.md.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runSoak } from './run-soak.ts';

const { values } = parseArgs({
  options: {
    streams: { type: 'string', default: '2000' },
    seconds: { type: 'string', default: '60' },
    rate: { type: 'string', default: '10' },
    /** For a CPU profile of the server. Profiling distorts the times. */
    profile: { type: 'string' },
  },
});
const [streams, seconds, rate] = [values.streams, values.seconds, values.rate].map(toPositive) as [
  number,
  number,
  number,
];

const directory = await mkdtemp(join(tmpdir(), 'talaria-soak-'));
try {
  console.log(
    `${streams} streams, ${rate} tokens/s each, ${seconds} s; Node ${process.version}, ${availableParallelism()} cores`,
  );
  const faults = await runSoak({ streams, seconds, rate, directory, profileDirectory: values.profile });
  for (const fault of faults) console.error(`FAULT: ${fault}`);
  console.log(faults.length === 0 ? 'Nothing was lost, and nothing is left running.' : `${faults.length} faults`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  await rm(directory, { recursive: true });
}

function toPositive(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`"${text}" is invalid: expected an integer of at least 1.`);
}
