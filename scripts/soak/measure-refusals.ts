import { Pool } from 'undici';
import { toPrompt } from './script.ts';

interface Measuring {
  count: number;
  withinMs: number;
}

/** Sends requests, one after another, to a server whose slots are full. Returns the milliseconds of each refusal. */
export async function measureRefusals(url: string, { count, withinMs }: Measuring): Promise<number[]> {
  const deadline = performance.now() + withinMs;
  const pool = new Pool(url, { connections: 1, pipelining: 1 });
  const times: number[] = [];
  try {
    for (let index = 0; index < count && performance.now() < deadline; index++) times.push(await refuse(pool, index));
  } finally {
    await pool.destroy();
  }
  return times;
}

async function refuse(pool: Pool, index: number): Promise<number> {
  const started = performance.now();
  const body = JSON.stringify({
    model: 'soak',
    stream: true,
    input: toPrompt({ key: `over-${index}`, count: 1, rate: 10, gate: 1 }),
  });
  const headers = { 'content-type': 'application/json' };
  const reply = await pool.request({ path: '/v1/responses', method: 'POST', headers, body });
  const text = await reply.body.text();
  if (reply.statusCode !== 429)
    throw new Error(`A request beyond the slots got ${reply.statusCode}: ${text.slice(0, 200)}`);
  return performance.now() - started;
}
