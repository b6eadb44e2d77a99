import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createRandom, type Random } from '../../helpers/random.ts';
import { writeConfig } from '../../helpers/write-config.ts';
import type { CrashStore } from '../crash-store.ts';
import { checkLoop } from './check-loop.ts';
import { Fleet } from './fleet.ts';
import { LoopClient, type ObservedLoop } from './loop-client.ts';
import { type LoopModel, startLoopModel } from './loop-model.ts';
import { readLedger, runsOnce } from './tool-record.ts';

export interface ToolCrashOptions {
  store: CrashStore;
  /** Servers that share the store. One of them is killed at a time, seldom all. */
  servers: number;
  kills: number;
  seed: number;
  /** Concurrent clients. */
  clients: number;
  /** Steps of a loop. */
  steps: number;
  onKill?: (kills: number) => void;
}

export interface ToolCrashSummary {
  kills: number;
  counts: Record<string, number>;
}

const leaseMs = 2000;
/** From the last kill to the end of a response. Generous, for loaded machines. */
const endMs = 60_000;
const longestLifeMs = 1500;
const longestOutageMs = 1500;
const mostEvents = 80;
const ledgerServer = fileURLToPath(new URL('./ledger-server.ts', import.meta.url));

/**
 * Kills servers repeatedly while clients run loops of tool calls, and checks each loop against what its tools did. Throws
 * at the first fault.
 */
export async function runToolCrashTest(options: ToolCrashOptions): Promise<ToolCrashSummary> {
  const { store, servers, kills, seed, clients, steps } = options;
  const random = createRandom(seed);
  await using stack = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), 'talaria-tools-'));
  stack.defer(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'ledger');
  const model = stack.use(await startLoopModel());
  const ledger = { command: process.execPath, args: [ledgerServer, file] };
  const config = stack.use(writeConfig(JSON.stringify({ mcp_servers: { ledger } })));
  const settings = {
    STORE_URL: store.url,
    AGENT_URL: model.url,
    TALARIA_CONFIG: config.path,
    LOG_LEVEL: 'silent',
    RUN_LEASE_MS: `${leaseMs}`,
    // Executions without a new step. A run must survive kills that come faster than its steps.
    RUN_ATTEMPTS: '100',
    NODE_COMPILE_CACHE: join(folder, 'code'),
  };
  const fleet = stack.use(new Fleet(servers, () => settings, random));
  await Promise.all(fleet.victims.map((victim) => fleet.start(victim)));

  const loops: ObservedLoop[] = [];
  const moment = { onEvent: () => {} };
  const counts: LoopClient['counts'][] = [];
  let isOver = false;
  const work = async (number: number) => {
    const own = createRandom(seed * 1000 + number);
    const onEvent = () => moment.onEvent();
    const client = new LoopClient({ fleet, random: own, length: steps, endMs, onEvent });
    counts.push(client.counts);
    for (let loop = 0; !isOver; loop++) {
      const observed = await client.run(`c${number}l${loop}`);
      if (!observed) continue;
      explain(observed, () => checkLoop(observed, readLedger(file)));
      loops.push(observed);
    }
  };
  const working = Promise.all(Array.from({ length: clients }, (_, number) => work(number)));
  await Promise.race([working, killOften({ ...options, fleet, random, moment })]);
  isOver = true;
  await working;
  await checkAll(fleet, store, loops, { file, model });
  return { kills, counts: { ...summarize(counts, loops, file), unavailable: fleet.unavailable } };
}

/** Adds the responses of a loop to a failed check. */
function explain({ plan, responses }: ObservedLoop, check: () => void): void {
  try {
    check();
  } catch (cause) {
    const lives = responses.map(({ id, history, events }) => [id, history, ...events].join('\n  '));
    throw new Error([`${plan.name}: ${cause instanceof Error ? cause.message : cause}`, ...lives].join('\n'), {
      cause,
    });
  }
}

interface Killing extends ToolCrashOptions {
  fleet: Fleet;
  random: Random;
  moment: { onEvent: () => void };
}

async function killOften({ fleet, random, kills, store, moment, onKill }: Killing): Promise<void> {
  while (fleet.kills < kills) {
    await untilMoment(random, moment);
    const killsAll = random(5) === 0;
    const killed = killsAll ? fleet.victims : [fleet.pick()];
    await Promise.all(killed.map((victim) => fleet.kill(victim)));
    onKill?.(fleet.kills);
    await store.check();
    await pause(random(fleet.victims.length > 1 ? longestOutageMs : 100));
    await Promise.all(killed.map((victim) => fleet.start(victim)));
  }
}

/** Waits for a random time, or until a random number of events was received. */
async function untilMoment(random: Random, moment: { onEvent: () => void }): Promise<void> {
  if (random(4) === 0) return pause(random(longestLifeMs));
  const { promise, resolve } = Promise.withResolvers<void>();
  let left = 1 + random(mostEvents);
  moment.onEvent = () => {
    if (--left === 0) resolve();
  };
  await Promise.race([promise, pause(4 * longestLifeMs)]);
}

/** Checks everything once more, when all loops have ended. */
async function checkAll(
  fleet: Fleet,
  store: CrashStore,
  loops: readonly ObservedLoop[],
  { file, model }: { file: string; model: LoopModel },
): Promise<void> {
  for (const { responses } of loops) {
    for (const { id, ended } of responses) {
      await fleet.persist(`/v1/responses/${id}`, {}, async (response) => {
        assert.deepEqual(JSON.parse(await response.text()), ended, `${id} has changed`);
      });
    }
  }
  await Promise.all(fleet.victims.map((victim) => fleet.kill(victim)));
  await store.check();
  const ledger = readLedger(file);
  for (const loop of loops) explain(loop, () => checkLoop(loop, ledger));
  // Loops whose reply was lost, too.
  for (const [token, runs] of ledger) {
    assert.ok(runs.length === 1 || !runs.some(({ tool }) => runsOnce(tool)), `${token} ran ${runs.length} times`);
  }
  if (model.fault) throw model.fault;
}

function summarize(
  all: readonly LoopClient['counts'][],
  loops: readonly ObservedLoop[],
  file: string,
): Record<string, number> {
  const ledger = readLedger(file);
  const sum: Record<string, number> = {};
  for (const counts of [...all, ...loops.map((loop) => checkLoop(loop, ledger))]) {
    for (const [name, count] of Object.entries(counts)) sum[name] = (sum[name] ?? 0) + count;
  }
  return sum;
}
