import { setTimeout as delay } from 'node:timers/promises';
import SqliteDatabase from 'better-sqlite3';
import type { ServerProcess } from './server-process.ts';

/** What a server holds while it has nothing to do. */
export interface Rest {
  sockets: number;
  /** All open files, sockets included. */
  files: number;
  /** In the store. */
  running: number;
}

/** Idle connections to the upstream stay open for a while. */
const settleMs = 30_000;
const pollMs = 500;
/** Connections of the pool to the upstream, and timers, come and go. */
const tolerance = 2;

export function readRest(server: ServerProcess, file: string): Rest {
  return { ...server.openFiles(), running: countRunning(file) };
}

/** Waits until the server holds no more than before. Returns a line for each thing that is left. */
export async function findLeftovers(server: ServerProcess, file: string, before: Rest): Promise<string[]> {
  const deadline = performance.now() + settleMs;
  for (;;) {
    const left = compare(readRest(server, file), before);
    if (left.length === 0 || performance.now() > deadline) return left;
    await delay(pollMs);
  }
}

function compare(now: Rest, before: Rest): string[] {
  return (Object.keys(now) as (keyof Rest)[])
    .filter((name) => now[name] > before[name] + (name === 'running' ? 0 : tolerance))
    .map((name) => `left behind: ${now[name]} ${name}, ${before[name]} before`);
}

function countRunning(file: string): number {
  const database = new SqliteDatabase(file, { readonly: true });
  try {
    return Number(database.prepare('SELECT count(*) FROM runs WHERE ended_at IS NULL').pluck().get());
  } finally {
    database.close();
  }
}
