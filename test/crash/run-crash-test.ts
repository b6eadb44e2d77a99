import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createRandom } from '../helpers/random.ts';
import { Actions } from './actions.ts';
import { startAnsweringUpstream } from './answer.ts';
import { Client } from './client.ts';
import type { CrashStore } from './crash-store.ts';
import { Ledger } from './ledger.ts';
import { Victim } from './victim.ts';

export const recoveries = ['fail', 'restart', 'mixed'] as const;

export interface CrashOptions {
  store: CrashStore;
  kills: number;
  seed: number;
  /** Concurrent clients. */
  clients: number;
  /** Value of `RUN_RECOVERY`; `mixed`: random for each server. */
  recovery: (typeof recoveries)[number];
  onKill?: (kills: number) => void;
}

export interface CrashSummary {
  kills: number;
  /** Responses by status, and other counts. */
  counts: Record<string, number>;
}

/** Some leases expire before the next server listens, others while it lives. None expires because a server is slow. */
const leasesMs = [2000, 3000, 6000];
/** Added to the longest lease, for the end of a response. Generous, for loaded machines. */
const marginMs = 15_000;
const longestLifeMs = 1200;
const longestOutageMs = 1500;
const mostEvents = 120;
const sampled = 8;

/**
 * Kills a server repeatedly while clients use it, and checks that nothing that it sent is lost or changed. Throws at the
 * first fault, with the history of the response.
 */
export async function runCrashTest(options: CrashOptions): Promise<CrashSummary> {
  const { store, kills, seed, clients, recovery } = options;
  const random = createRandom(seed);
  await using stack = new AsyncDisposableStack();
  const cache = mkdtempSync(join(tmpdir(), 'talaria-code-'));
  stack.defer(() => rmSync(cache, { recursive: true, force: true }));
  const upstream = stack.use(await startAnsweringUpstream());
  const victim = stack.use(
    new Victim(() => ({
      STORE_URL: store.url,
      AGENT_URL: upstream.url,
      LOG_LEVEL: 'silent',
      RUN_LEASE_MS: `${pick(leasesMs, random)}`,
      RUN_RECOVERY: recovery === 'mixed' ? pick(['fail', 'restart'], random) : recovery,
      NODE_COMPILE_CACHE: cache,
    })),
  );
  await victim.start();
  const ledger = new Ledger();
  const client = new Client(victim, ledger, Math.max(...leasesMs) + marginMs);
  const run = {
    ...options,
    random,
    victim,
    ledger,
    client,
    actions: new Actions({ client, ledger, victim, upstream }),
  };
  let isOver = false;
  const work = async (number: number) => {
    const own = createRandom(seed * 1000 + number);
    while (!isOver) await run.actions.act(own);
  };
  const working = Promise.all(Array.from({ length: clients }, (_, number) => work(number)));
  await Promise.race([working, killOften(run)]);
  isOver = true;
  await working;
  await checkAll(run);
  return summarize(run, kills);
}

function pick<T>(from: readonly T[], random: (below: number) => number): T {
  const picked = from[random(from.length)];
  if (picked === undefined) throw new Error('There is nothing to pick from.');
  return picked;
}

interface Run extends CrashOptions {
  random: (below: number) => number;
  victim: Victim;
  ledger: Ledger;
  client: Client;
  actions: Actions;
}

async function killOften(run: Run): Promise<void> {
  const { victim, store, random, kills, onKill } = run;
  let looking: Promise<void> = Promise.resolve();
  while (victim.kills < kills) {
    await untilMoment(run);
    // Sometimes both are down together.
    const losesDatabase = store.database !== undefined && random(2) === 0;
    if (losesDatabase && random(3) > 0) await loseDatabase(run);
    else {
      await victim.kill();
      onKill?.(victim.kills);
      if (losesDatabase) await loseDatabase(run);
      await store.check();
      await victim.start();
    }
    const look = lookAtSome(run);
    looking = Promise.all([looking, look]).then(() => {});
    looking.catch(() => {});
    // Sometimes the next kill comes just after the start of the server.
    if (random(4) > 0) await look;
  }
  await looking;
}

/** Crashes the database, or shuts it down in PostgreSQL's immediate mode, and restarts it. */
async function loseDatabase({ victim, store, random }: Run): Promise<void> {
  const { database } = store;
  await victim.loseDatabase(async () => {
    await database?.kill(random(2) === 0 ? 'SIGKILL' : 'SIGQUIT');
    await pause(random(longestOutageMs));
    await database?.restart();
  });
  await store.check();
}

/** Waits for a random time, or until a random number of events was received. */
async function untilMoment({ random, client }: Run): Promise<void> {
  if (random(2) === 0) return pause(random(longestLifeMs));
  const { promise, resolve } = Promise.withResolvers<void>();
  let left = 1 + random(mostEvents);
  client.onEvent = () => {
    if (--left === 0) resolve();
  };
  await Promise.race([promise, pause(2 * longestLifeMs)]);
}

/** Checks all responses that have not ended, and some that have. */
async function lookAtSome({ ledger, client, random }: Run): Promise<void> {
  const open = [...ledger.observed.values()].filter(({ ended }) => ended === undefined);
  const some = Array.from({ length: Math.min(sampled, ledger.settled.length) }, () => random(ledger.settled.length));
  for (const observed of [...open, ...some.flatMap((index) => ledger.settled[index] ?? [])]) {
    await client.look(observed);
    ledger.counts.looksAfterRestart += 1;
  }
}

/** Checks everything once more: responses, streams from their start, the ends of chains, conversations. */
async function checkAll({ ledger, client, actions, random, victim, store, clients }: Run): Promise<void> {
  await inParallel(clients, [...ledger.observed.values()], async (observed) => {
    if (!observed.ended) await client.follow(observed);
    await client.look(observed);
    await client.follow(observed, 0);
  });
  await inParallel(clients, [...ledger.leaves], (leaf) => actions.respond(actions.toTurn(random, leaf), random));
  await inParallel(clients, ledger.conversations, async (observed) => {
    await actions.readConversation(observed);
  });
  await victim.kill();
  await store.check();
}

async function inParallel<T>(workers: number, all: readonly T[], action: (one: T) => Promise<void>): Promise<void> {
  const left = all.values();
  await Promise.all(
    Array.from({ length: workers }, async () => {
      for (const one of left) await action(one);
    }),
  );
}

function summarize({ ledger, victim }: Run, kills: number): CrashSummary {
  const statuses: Record<string, number> = {};
  const all = [...ledger.observed.values()];
  for (const { ended } of all) {
    const status = ended?.status ?? 'running';
    statuses[status] = (statuses[status] ?? 0) + 1;
  }
  const longestChain = all.reduce((longest, { depth }) => Math.max(longest, depth), 0);
  const turns = ledger.conversations.reduce((total, conversation) => total + conversation.turns.length, 0);
  return {
    kills,
    counts: { ...statuses, longestChain, conversationTurns: turns, outages: victim.outages, ...ledger.counts },
  };
}
