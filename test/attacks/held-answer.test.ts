/**
 * An answer that is buffered until it has been checked against its schema, and followed meanwhile. Before: its 40,000
 * events were one row of the log that each page of 256 read completely: one GET of 181 KB blocked the server for 7.4 s.
 */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { startArena } from './arena.ts';

const longestReadMs = 2_000;

test('a long answer that is released at once blocks no reader', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'talaria-'));
  try {
    await using arena = await startArena({ settings: { STORE_URL: `sqlite:${join(directory, 'test.db')}` } });
    const list = Array.from({ length: 16_000 }, (_, index) => ({ x: index % 2 }));
    const format = { type: 'json_schema', name: 'x', schema: { type: 'object' } };
    const body = { background: true, input: `/say ${JSON.stringify({ a: list })}`, text: { format } };
    const made = await fetch(`${arena.server.url}/v1/responses`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const { id } = (await made.json()) as { id: string };
    const read = async (query = '') => {
      const started = performance.now();
      const reply = await fetch(`${arena.server.url}/v1/responses/${id}${query}`);
      const text = await reply.text();
      return { text, milliseconds: performance.now() - started };
    };
    let status = 'queued';
    for (const deadline = performance.now() + 60_000; ['queued', 'in_progress'].includes(status); ) {
      assert.ok(performance.now() < deadline, 'the response did not end');
      const { text, milliseconds } = await read();
      assert.ok(milliseconds < longestReadMs, `a GET took ${Math.round(milliseconds)} ms`);
      ({ status } = JSON.parse(text));
      await delay(50);
    }
    assert.equal(status, 'completed');
    const replay = await read('?stream=true');
    assert.equal(replay.text.match(/^event: response\.completed$/gm)?.length, 1);
    await arena.assertUnharmed();
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});
