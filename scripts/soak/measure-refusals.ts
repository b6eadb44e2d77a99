import { Pool } from 'undici';
import { toPrompt } from './script.ts';

interface Measuring {
  count: number;
  withinMs: number;
}

/**
 * Sends requests, one after another, to a server whose slots are full. Returns the milliseconds of each refusal, up to the
 * first request that is admitted because a slot is free again.
 */
export async function measureRefusals(url: string, { count, withinMs }: Measuring): Promise<number[]> {
  const deadline = performance.now() + withinMs;
  const pool = new Pool(url, { connections: 1, pipelining: 1 });
  const times: number[] = [];
  try {
    while (times.length < count && performance.now() < deadline) {
      const started = performance.now();
      if (!(await isRefused(pool, times.length))) break;
      times.push(performance.now() - started);
    }
  } finally {
    await pool.destroy();
  }
  return times;
}

async function isRefused(pool: Pool, index: number): Promise<boolean> {
  const script = { key: `over-${index}`, count: 1, rate: 10, gate: 1 };
  const body = JSON.stringify({ model: 'soak', stream: true, input: toPrompt(script) });
  const headers = { 'content-type': 'application/json' };
  const reply = await pool.request({ path: '/v1/responses', method: 'POST', headers, body });
  await reply.body.dump();
  return reply.statusCode === 429;
}
