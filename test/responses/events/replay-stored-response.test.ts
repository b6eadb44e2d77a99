import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ApiError } from '../../../src/errors/api-error.ts';
import { foldOutput } from '../../../src/responses/events/fold-output.ts';
import { replayStoredResponse, type UnreplayedType } from '../../../src/responses/events/replay-stored-response.ts';
import type { ResponseEvent, ResponseResource } from '../../../src/responses/responses-deps.ts';
import { readEvents } from '../../clients/read-events.ts';
import { assertReadable } from '../../clients/stream-rules.ts';
import { findOperation, StreamChecker } from '../../helpers/contract-check.ts';
import { randomBatches } from '../../helpers/random-agent-events.ts';
import { assemble, createAssembler, finalOf } from '../assemble.ts';
import { foldEvents } from '../fold-events.ts';

const runs = 300;

/** Checks a replayed stream as its strictest readers would. */
function check(events: ResponseEvent[], response: ResponseResource): void {
  const operation = findOperation('GET', '/v1/responses/resp_1') ?? assert.fail('the contract has it');
  const checker = new StreamChecker(operation);
  for (const event of events) checker.event(event.type, JSON.stringify(event));
  checker.event(undefined, '[DONE]');
  checker.end();
  assertReadable(readEvents(events.map((event) => `data: ${JSON.stringify(event)}\n`).join('')));
  const items = foldEvents(events);
  assert.deepEqual(
    items.map(({ item }) => withoutSealed(item)),
    response.output.map(withoutSealed),
    'by its deltas alone',
  );
  assert.deepEqual(
    items.map(({ done }) => done),
    response.output,
  );
  assert.deepEqual(finalOf(events), response);
}

/** Sealed content comes only with `output_item.done`. */
const withoutSealed = (item: object) => ({ ...item, encrypted_content: undefined });

function forEachRun(broken: boolean, action: (batches: ReturnType<typeof randomBatches>) => void): void {
  for (let seed = 1; seed <= runs; seed++) {
    try {
      action(randomBatches(seed, { broken }));
    } catch (error) {
      throw new Error(`with seed ${seed}`, { cause: error });
    }
  }
}

const seal = (text: string) => `sealed ${text.length}`;

/** Does not compile while a replay misses an event that this server sends. */
const unreplayed: UnreplayedType[] = [];

describe('the replay of a stored response', () => {
  it('misses no event of a live run', () => {
    assert.deepEqual(unreplayed, []);
  });

  for (const asSummary of [false, true]) {
    it(`folds to the stored response, by the rules of a stream (${asSummary ? 'summaries' : 'texts'} of reasoning)`, () => {
      forEachRun(false, (batches) => {
        const response = finalOf(assemble(batches, { asSummary, seal }));
        check(replayStoredResponse(response), response);
      });
    });
  }

  it('also does so for a response that failed or was cancelled midway', () => {
    forEachRun(true, (batches) => {
      for (const end of ['fail', 'cancel'] as const) {
        const assembler = createAssembler();
        assembler.start();
        for (const batch of batches) assembler.take(batch);
        const last = end === 'fail' ? assembler.fail(new ApiError('upstream_error', 'It broke.')) : assembler.cancel();
        const response = finalOf(last);
        const events = replayStoredResponse(response);
        check(events, response);
        assert.equal(events.at(-1)?.type, end === 'fail' ? 'response.failed' : 'response.incomplete');
      }
    });
  });

  it('has the same events each time, and starts without output and end', () => {
    forEachRun(false, (batches) => {
      const response = finalOf(assemble(batches));
      const [one, two] = [replayStoredResponse(response), replayStoredResponse(structuredClone(response))];
      assert.equal(JSON.stringify(one), JSON.stringify(two));
      const [first] = one;
      assert.ok(first?.type === 'response.created');
      const { status, output, usage, completed_at } = first.response;
      assert.deepEqual([status, output, usage, completed_at], ['in_progress', [], null, null]);
    });
  });

  it('covers custom calls, tool outputs and compactions', () => {
    const whole = finalOf(assemble([[{ type: 'text-start' }, { type: 'run-end', reason: 'stop' }]]));
    const response: ResponseResource = {
      ...whole,
      output: [
        { type: 'compaction', id: 'cmp_1', encrypted_content: 'sealed', status: 'completed' },
        { type: 'custom_tool_call', id: 'ctc_1', call_id: 'call_1', name: 'run', input: 'a()', status: 'completed' },
        { type: 'custom_tool_call', id: 'ctc_2', call_id: 'call_2', name: 'run', input: '', status: 'completed' },
        { type: 'function_call_output', id: 'fco_1', call_id: 'call_3', output: '18', status: 'completed' },
      ],
    };
    const events = replayStoredResponse(response);
    check(events, response);
    const types = new Set(events.map(({ type }) => type));
    assert.ok(types.has('response.custom_tool_call_input.delta'));
  });

  it('sends each text in one delta, and no empty delta', () => {
    forEachRun(false, (batches) => {
      const events = replayStoredResponse(finalOf(assemble(batches)));
      const deltas = events.filter((event) => 'delta' in event);
      const locations = deltas.map((event) =>
        JSON.stringify({ ...event, sequence_number: 0, delta: '', logprobs: [] }),
      );
      assert.equal(new Set(locations).size, locations.length);
      assert.ok(deltas.every((event) => 'delta' in event && event.delta !== ''));
    });
  });
});

describe('the output folded from events', () => {
  for (const asSummary of [false, true]) {
    it(`equals the output of the response at every event (${asSummary ? 'summaries' : 'texts'} of reasoning)`, () => {
      for (const broken of [false, true]) {
        forEachRun(broken, (batches) => {
          const assembler = createAssembler({ asSummary });
          const events = assembler.start();
          for (const batch of batches) {
            events.push(...assembler.take(batch));
            const running = foldOutput(events, 'incomplete');
            assert.deepEqual(JSON.parse(JSON.stringify(running)), JSON.parse(JSON.stringify(assembler.output)));
          }
        });
      }
    });
  }

  it('marks unfinished items as requested, and changes no event', () => {
    forEachRun(true, (batches) => {
      const assembler = createAssembler();
      const events = [...assembler.start(), ...batches.flatMap((batch) => assembler.take(batch))];
      const before = JSON.stringify(events);
      const unfinished = foldOutput(events, 'in_progress');
      assert.equal(JSON.stringify(events), before);
      const closed = new Set(
        events.flatMap((event) =>
          event.type.endsWith('item.done') && 'output_index' in event ? [event.output_index] : [],
        ),
      );
      for (const [index, item] of unfinished.entries()) {
        assert.equal('status' in item && item.status, closed.has(index) ? 'completed' : 'in_progress');
      }
    });
  });

  it('is empty without events', () => {
    assert.deepEqual(foldOutput([], 'in_progress'), []);
  });
});
