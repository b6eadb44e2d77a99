import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startUpstreamProcess } from '../helpers/upstream-process.ts';
import { startArena } from './arena.ts';

test('a server without an attack serves the bystander without a pause', async () => {
  await using arena = await startArena();
  const report = await arena.assertUnharmed();
  assert.ok(report.reads > 0);
});

test('the same holds behind an upstream', async () => {
  await using upstream = await startUpstreamProcess();
  await using arena = await startArena({ settings: { AGENT_URL: upstream.url } });
  await arena.assertUnharmed();
});

test('a server that stops for longer than the bound is detected', async () => {
  await using arena = await startArena();
  arena.server.process.kill('SIGSTOP');
  await new Promise((resolve) => setTimeout(resolve, 600));
  arena.server.process.kill('SIGCONT');
  await assert.rejects(arena.assertUnharmed({ healthMs: 500 }), /\/health took|the stream paused/);
});

test('a server that dies is detected', async () => {
  await using arena = await startArena();
  await arena.server.kill('SIGKILL');
  await assert.rejects(arena.assertUnharmed(), /the server died/);
});
