import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { AgentEvent } from '../../../../src/agent/agent-client.ts';
import { SurrogateMender } from '../../../../src/agent/upstream/exchange/surrogate-mender.ts';

const [high, low] = ['\ud83d', '\ude00'];

function mend(...events: AgentEvent[]): AgentEvent[] {
  const mender = new SurrogateMender();
  const out: AgentEvent[] = [];
  for (const event of events) mender.mend(event, out);
  return out;
}

suite('SurrogateMender', () => {
  for (const block of ['text', 'reasoning', 'refusal'] as const) {
    const delta = (text: string): AgentEvent => ({ type: `${block}-delta`, text });

    test(`joins a character that is split between two pieces of ${block}`, () => {
      assert.deepEqual(mend(delta(`hi ${high}`), delta(`${low} there`)), [delta('hi '), delta('😀 there')]);
      assert.deepEqual(mend(delta(high), delta(low)), [delta('😀')]);
    });

    test(`replaces a half of ${block} that stays alone`, () => {
      const end: AgentEvent = { type: `${block}-end` };
      assert.deepEqual(mend(delta(`a${high}`), delta('b'), end), [delta('a'), delta('\ufffdb'), end]);
      assert.deepEqual(mend(delta(`${low}a`)), [delta('\ufffda')]);
      assert.deepEqual(mend(delta(`a${high}b`)), [delta('a\ufffdb')]);
      assert.deepEqual(mend(delta(`a${high}`), end), [delta('a'), delta('\ufffd'), end]);
    });
  }

  test('keeps the arguments of interleaved calls apart', () => {
    const delta = (callId: string, text: string): AgentEvent => ({ type: 'tool-call-delta', callId, arguments: text });
    const end: AgentEvent = { type: 'tool-call-end', callId: 'b' };
    assert.deepEqual(mend(delta('a', `1${high}`), delta('b', high), delta('a', low), end), [
      delta('a', '1'),
      delta('a', '😀'),
      delta('b', '\ufffd'),
      end,
    ]);
  });

  test('keeps the log probabilities of a half', () => {
    const logprobs = (token: string) => [{ token, logprob: -1, bytes: null, topLogprobs: [] }];
    const mended = mend(
      { type: 'text-delta', text: high, logprobs: logprobs(high) },
      { type: 'text-delta', text: low, logprobs: logprobs(low) },
    );
    const tokens = logprobs('\ufffd').concat(logprobs('\ufffd'));
    assert.deepEqual(mended, [{ type: 'text-delta', text: '😀', logprobs: tokens }]);
  });

  test('mends strings inside other events, and passes well-formed events as they are', () => {
    const annotation = { type: 'url_citation', url: 'https://example.org', title: `a${high}` };
    assert.deepEqual(mend({ type: 'annotation', annotation }), [
      { type: 'annotation', annotation: { ...annotation, title: 'a\ufffd' } },
    ]);
    const events: AgentEvent[] = [
      { type: 'text-delta', text: '😀' },
      { type: 'provider-data', fields: { a: [{ b: '😀' }] } },
    ];
    for (const [index, event] of mend(...events).entries()) assert.equal(event, events[index]);
  });
});
