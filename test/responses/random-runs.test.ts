import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { randomBatches } from '../helpers/random-agent-events.ts';
import { assemble, finalOf } from './assemble.ts';
import { foldEvents } from './fold-events.ts';

const runs = 500;

/** Each seed makes one run. A failure names it. */
function forEachRun(broken: boolean, check: (seed: number, batches: ReturnType<typeof randomBatches>) => void): void {
  for (let seed = 1; seed <= runs; seed++) {
    try {
      check(seed, randomBatches(seed, { broken }));
    } catch (error) {
      throw new Error(`with seed ${seed}`, { cause: error });
    }
  }
}

describe('the stream of any run', () => {
  for (const asSummary of [false, true]) {
    const shown = asSummary ? 'reasoning as a summary' : 'reasoning as text';

    it(`folds, from its deltas alone, to the output of its terminal event (${shown})`, () => {
      forEachRun(false, (_, batches) => {
        const events = assemble(batches, { asSummary });
        const { output } = finalOf(events);
        const items = foldEvents(events);
        assert.deepEqual(
          items.map(({ item }) => item),
          output,
        );
        assert.deepEqual(
          items.map(({ done }) => done),
          output,
        );
      });
    });

    it(`folds to the output so far when the agent breaks off (${shown})`, () => {
      forEachRun(true, (_, batches) => {
        const events = assemble(batches, { asSummary, broken: true });
        const { output, status } = finalOf(events);
        assert.equal(status, 'failed');
        const items = foldEvents(events).map(({ item, done }) => done ?? asIncomplete(item));
        assert.deepEqual(items, output);
      });
    });
  }

  it('marks only its last item incomplete when it was truncated', () => {
    forEachRun(false, (_, batches) => {
      const { output, status } = finalOf(assemble(batches));
      const statuses = output.map((item) => 'status' in item && item.status);
      const last = statuses.pop();
      assert.ok(statuses.every((each) => each === 'completed'));
      const isCutShort = status === 'incomplete' && output.at(-1)?.type !== 'function_call_output';
      assert.equal(last, isCutShort ? 'incomplete' : 'completed');
    });
  });

  it('keeps all output of the agent, in order', () => {
    forEachRun(false, (_, batches) => {
      const said = batches.flat().flatMap((event) => ('text' in event ? [event.text] : []));
      const { output } = finalOf(assemble(batches));
      const kept = output.flatMap((item) => {
        if (item.type === 'message') return item.content.map((part) => ('text' in part ? part.text : part.refusal));
        return item.type === 'reasoning' ? (item.content ?? []).map((part) => part.text) : [];
      });
      assert.equal(kept.join(''), said.join(''));
    });
  });
});

function asIncomplete<T extends object>(item: T): T {
  return 'status' in item ? { ...item, status: 'incomplete' } : item;
}
