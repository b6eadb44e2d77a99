import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import type { AgentEvent } from '../../../src/agent/agent-client.ts';
import type { JournalStep } from '../../../src/agent/loop/journal-step.ts';
import { createMemoryStore } from '../../../src/store/memory/memory-store.ts';
import { type CommittedRun, type Plan, toAsked, toCalls, toNumber, World } from './world.ts';

/** Set `LOOP_RUNS` for a longer search, and `LOOP_SEED` to repeat one. */
const { LOOP_RUNS, LOOP_SEED } = process.env;
const parameters = { numRuns: Number(LOOP_RUNS ?? 100), ...(LOOP_SEED ? { seed: Number(LOOP_SEED) } : {}) };

const call = fc.record({ tool: fc.constantFrom('read', 'write', 'delete'), fails: fc.boolean() });
const plan: fc.Arbitrary<Plan> = fc.record({
  replies: fc.array(fc.array(call, { minLength: 1, maxLength: 3 }), { maxLength: 4 }),
  isParallel: fc.boolean(),
  kills: fc.array(fc.nat(25), { maxLength: 8 }),
  answers: fc.array(fc.boolean(), { maxLength: 4 }),
  steerAfter: fc.option(fc.nat(6), { nil: undefined, freq: 4 }),
});

suite('the journal of a run whose server is killed at any moment', () => {
  test('neither repeats nor loses a step, in any order of events', async () => {
    await fc.assert(
      fc.asyncProperty(plan, fc.scheduler(), async (chosen, scheduler) => {
        await using store = createMemoryStore();
        const world = new World(chosen, store, scheduler);
        await scheduler.waitFor(world.live());
        for (const run of world.runs) checkRun(run);
        checkCalls(world);
      }),
      parameters,
    );
  });
});

function checkRun({ events, steps, ends, failure }: CommittedRun): void {
  if (failure) return assert.deepEqual([events, steps], [[], []]);
  assert.equal(ends.length, 1, 'one end');
  checkItems(events);
  const finished = steps.flatMap((step) => (step.type === 'tool-finished' ? [step.callId] : []));
  const planned = toCalls(steps).map(({ callId }) => callId);
  assert.deepEqual(finished.toSorted(), planned.toSorted(), 'each call has one result');
  const asked = steps.flatMap((step) => (step.type === 'approval-asked' ? [step.approvalId] : []));
  assert.deepEqual(
    asked,
    toAsked({ steps } as CommittedRun).map(({ approvalId }) => approvalId),
    'each approval is asked for once',
  );
  for (const planned of toCalls(steps)) checkResult(planned.itemId, planned.callId, steps, events);
}

/** The item of a call has the result that the journal has. */
function checkResult(itemId: string, callId: string, steps: readonly JournalStep[], events: readonly AgentEvent[]) {
  const end = events.find((event) => event.type === 'item-end' && event.key === itemId);
  const step = steps.find((one) => one.type === 'tool-finished' && one.callId === callId);
  assert.ok(end?.type === 'item-end' && step?.type === 'tool-finished');
  assert.deepEqual([{ type: 'text', text: end.item['output'] ?? end.item['error'] }], step.content);
  const start = steps.findIndex((one) => one.type === 'tool-started' && one.callId === callId);
  assert.ok(step.interrupted || (start !== -1 && start < steps.indexOf(step)));
}

/** Each item begins once and ends once, and its other events lie between. */
function checkItems(events: readonly AgentEvent[]): void {
  const open = new Set<string>();
  const ended = new Set<string>();
  for (const event of events) {
    if (event.type === 'item-start') {
      assert.ok(!open.has(event.key) && !ended.has(event.key), 'an item begins once');
      open.add(event.key);
    } else if (event.type === 'item-event') assert.ok(open.has(event.key), 'an event of an open item');
    else if (event.type === 'item-end') {
      assert.ok(open.delete(event.key), 'an item ends once');
      ended.add(event.key);
    }
  }
  assert.equal(open.size, 0, 'no item without an end');
}

function checkCalls({ reached, runs }: World): void {
  const counts = Map.groupBy(reached, ({ number }) => number);
  for (const [number, calls] of counts) {
    const tool = calls[0]?.tool;
    assert.ok(tool === 'read' || calls.length === 1, `${tool} ${number} ran ${calls.length} times`);
  }
  for (const { steps } of runs) {
    for (const planned of toCalls(steps)) {
      const step = steps.find((one) => one.type === 'tool-finished' && one.callId === planned.callId);
      const isInterrupted = step?.type === 'tool-finished' && step.interrupted;
      assert.ok(isInterrupted || counts.has(toNumber(planned)), 'a result comes from a call');
    }
    for (const step of steps) {
      if (step.type !== 'approval-answered' || step.approve) continue;
      const denied = runs.flatMap(toAsked).find(({ approvalId }) => approvalId === step.id);
      assert.ok(denied && !counts.has(toNumber(denied)), 'a denied call does not run');
    }
  }
}
