/** The clients of the soak, in a process of their own: runs one job at a time, sent over IPC, and answers its outcome. */
import { setTimeout as delay } from 'node:timers/promises';
import { Agent } from 'undici';
import type { LoadJob, LoadOutcome } from './load-job.ts';
import { runStream, type StreamOutcome, type StreamRequest } from './run-stream.ts';

const faultsShown = 5;
/** Of slow readers: longer than the buffers of a connection last, and shorter than the server tolerates. */
const pauseMs = 3000;
/** After a refusal. */
const retryMs = 250;

process.on('message', async (job: LoadJob) => {
  process.send?.(await runJob(job));
});
process.on('disconnect', () => process.exit());
process.send?.('ready');

async function runJob(job: LoadJob): Promise<LoadOutcome> {
  const outcome: LoadOutcome = {
    ends: { completed: 0, failed: 0, refused: 0, left: 0, broken: 0 },
    tokens: 0,
    firstTokenMs: [],
    faults: [],
    faultCount: 0,
  };
  const dispatcher = new Agent({ connections: null, pipelining: 1, headersTimeout: 0, bodyTimeout: 120_000 });
  const until = performance.now() + (job.repeatMs ?? 0);
  let waiting = job.streams;
  const onStart = () => --waiting === 0 && process.send?.('started');
  await Promise.all(
    Array.from({ length: job.streams }, (_, index) => runClient({ job, index, dispatcher, until, outcome, onStart })),
  );
  await dispatcher.destroy();
  return outcome;
}

interface Client {
  job: LoadJob;
  index: number;
  dispatcher: Agent;
  until: number;
  outcome: LoadOutcome;
  onStart(): void;
}

async function runClient({ job, index, dispatcher, until, outcome, onStart }: Client): Promise<void> {
  await delay((job.rampMs * index) / job.streams);
  let round = 0;
  do {
    const request = { ...toRequest(job, index, round++), onStart };
    const ended = await runStream(dispatcher, job.origin, request);
    count(outcome, ended);
    if (ended.end === 'refused') await delay(retryMs);
  } while (performance.now() < until);
}

function toRequest(
  { name, streams, isGated, count, rate, leaving = 0, slow = 0 }: LoadJob,
  index: number,
  round: number,
): StreamRequest {
  const durationMs = (count / rate) * 1000;
  return {
    api: index % 2 === 0 ? 'chat' : 'responses',
    script: { key: `${name}-${index}-${round}`, count, rate, gate: isGated ? streams : 1 },
    leaveMs: Math.random() < leaving ? Math.random() * durationMs : undefined,
    pauseMs: Math.random() < slow ? pauseMs : undefined,
  };
}

function count(outcome: LoadOutcome, { end, tokens, firstTokenMs, detail }: StreamOutcome): void {
  outcome.ends[end]++;
  outcome.tokens += tokens;
  if (firstTokenMs !== undefined) outcome.firstTokenMs.push(firstTokenMs);
  const fault = end === 'refused' ? toRefusalFault(detail ?? '') : end === 'broken' ? `broken: ${detail}` : undefined;
  if (fault === undefined) return;
  outcome.faultCount++;
  if (outcome.faults.length < faultsShown) outcome.faults.push(fault);
}

/** A refusal is a status of an overloaded or disconnected server with an error in the envelope. */
function toRefusalFault(detail: string): string | undefined {
  return /^(429|50[0234]) \{"error":\{"message":/.test(detail) ? undefined : `refused: ${detail.slice(0, 200)}`;
}
