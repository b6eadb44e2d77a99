import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { AgentEvent, AgentEventBatch } from '../../../src/agent/agent-client.ts';
import { stripFence } from '../../../src/agent/guards/strip-fence.ts';

async function* toBatches(deltas: readonly string[]): AsyncGenerator<AgentEventBatch> {
  yield [{ type: 'text-start' }];
  for (const text of deltas) yield [{ type: 'text-delta', text }];
  yield [{ type: 'text-end' }, { type: 'run-end', reason: 'stop' }];
}

async function strip(...deltas: string[]): Promise<string[]> {
  const events: AgentEvent[] = [];
  for await (const batch of stripFence(toBatches(deltas))) {
    assert.ok(batch.length > 0);
    events.push(...batch);
  }
  assert.deepEqual(
    events.filter(({ type }) => type !== 'text-delta').map(({ type }) => type),
    ['text-start', 'text-end', 'run-end'],
  );
  return events.flatMap((event) => (event.type === 'text-delta' ? [event.text] : []));
}

suite('a fence around an answer', () => {
  const cases: [name: string, text: string, expected: string][] = [
    ['is removed', '```json\n{"a":1}\n```', '{"a":1}'],
    ['is removed without a language', '```\n{"a":1}\n```\n', '{"a":1}'],
    ['is removed behind white space, with Windows line ends', '\r\n\n```JSON \r\n{"a":1}\r\n``` ', '{"a":1}'],
    ['leaves fences within the text', '```json\n{"a":"```js\\n```"}\n```', '{"a":"```js\\n```"}'],
    ['is removed in part when the text is cut', '```json\n{"a":', '{"a":'],
    ['leaves text without a fence', '{"a":"```"}', '{"a":"```"}'],
    ['leaves a sentence before it', 'Here: ```json\n{}\n```', 'Here: ```json\n{}\n```'],
    ['leaves a line that only begins like one', '```not a fence', '```not a fence'],
    ['leaves a text behind it', '```json\n{}\n```\nDone.', '{}\n```\nDone.'],
    ['may be empty', '```json\n```', ''],
    ['does not remove backticks alone', '``', '``'],
  ];
  for (const [name, text, expected] of cases) {
    test(name, async () => {
      assert.equal((await strip(text)).join(''), expected, 'in one piece');
      assert.equal((await strip(...text)).join(''), expected, 'character by character');
    });
  }

  test('holds back nothing of an answer without one', async () => {
    assert.deepEqual(await strip('{"a"', ':1}'), ['{"a"', ':1}']);
  });

  test('holds back only what may close it', async () => {
    assert.deepEqual(await strip('```json\n{"a":', ' 1}\n', '```'), ['{"a":', ' 1}']);
  });

  test('passes log probabilities on with an unchanged text', async () => {
    const logprobs = [{ token: 'a', logprob: -1, bytes: null, topLogprobs: [] }];
    const delta: AgentEvent = { type: 'text-delta', text: '{}', logprobs };
    const batches = (async function* () {
      yield [{ type: 'text-start' }, delta] as const;
    })();
    for await (const batch of stripFence(batches)) assert.equal(batch[1], delta);
  });

  test('holds back a bounded piece of a flood of white space', async () => {
    const [first] = await strip('```json\n', ' '.repeat(1_000), 'x');
    assert.equal(first?.length, 1_000 - 64);
  });
});
