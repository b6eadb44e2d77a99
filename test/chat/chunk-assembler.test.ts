import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AgentEvent } from '../../src/agent/agent-client.ts';
import { assemble } from './assemble.ts';

const hello: AgentEvent[] = [{ type: 'text-start' }, { type: 'text-delta', text: 'Hello' }, { type: 'text-end' }];
const stop: AgentEvent[] = [{ type: 'run-end', reason: 'stop' }];

const deltasOf = (events: AgentEvent[]) =>
  assemble([events], { includeUsage: false })
    .flat()
    .map((chunk) => chunk.choices[0]?.delta);

const finishOf = (events: AgentEvent[]) =>
  assemble([events], { includeUsage: false }).flat().at(-1)?.choices[0]?.finish_reason;

describe('the chunks of a chat completion', () => {
  it('give the role first, alone, then the text, then the end', () => {
    assert.deepEqual(deltasOf([...hello, ...stop]), [
      { role: 'assistant', content: '', refusal: null },
      { content: 'Hello' },
      {},
    ]);
  });

  it('share one head', () => {
    const heads = assemble([hello, stop])
      .flat()
      .map(({ id, object, created, model }) => ({ id, object, created, model }));
    const head = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1_700_000_000, model: 'test' };
    assert.deepEqual(heads, Array(heads.length).fill(head));
  });

  it('give the role although nothing was said', () => {
    assert.deepEqual(deltasOf([{ type: 'run-end', reason: 'length' }]), [
      { role: 'assistant', content: '', refusal: null },
      {},
    ]);
  });

  it('give refusals and reasoning in fields of their own', () => {
    const events: AgentEvent[] = [
      { type: 'reasoning-start' },
      { type: 'reasoning-delta', text: 'Hm.' },
      { type: 'reasoning-end' },
      { type: 'refusal-start' },
      { type: 'refusal-delta', text: 'No.' },
      { type: 'refusal-end' },
    ];
    assert.deepEqual(deltasOf([...events, ...stop]).slice(1, -1), [{ reasoning_content: 'Hm.' }, { refusal: 'No.' }]);
  });

  it('give each call an index, its id and name once, its arguments in pieces', () => {
    const events: AgentEvent[] = [
      { type: 'tool-call-start', callId: 'call_1', name: 'one' },
      { type: 'tool-call-start', callId: 'call_2', name: 'two' },
      { type: 'tool-call-delta', callId: 'call_2', arguments: '{}' },
      { type: 'tool-call-delta', callId: 'call_1', arguments: '{"a":1}' },
      { type: 'tool-call-end', callId: 'call_1' },
      { type: 'tool-call-end', callId: 'call_2' },
      { type: 'run-end', reason: 'tool-calls' },
    ];
    assert.deepEqual(
      deltasOf(events)
        .slice(1, -1)
        .map((delta) => delta?.tool_calls),
      [
        [{ index: 0, id: 'call_1', type: 'function', function: { name: 'one', arguments: '' } }],
        [{ index: 1, id: 'call_2', type: 'function', function: { name: 'two', arguments: '' } }],
        [{ index: 1, function: { arguments: '{}' } }],
        [{ index: 0, function: { arguments: '{"a":1}' } }],
      ],
    );
    assert.equal(finishOf(events), 'tool_calls');
  });

  it('say nothing of a call that the agent runs itself: the client would run it again', () => {
    const events: AgentEvent[] = [
      { type: 'tool-call-start', callId: 'call_1', name: 'look', agentRuns: true },
      { type: 'tool-call-delta', callId: 'call_1', arguments: '{}' },
      { type: 'tool-call-end', callId: 'call_1' },
      { type: 'tool-result', callId: 'call_1', output: 'seen' },
      ...hello,
      { type: 'run-end', reason: 'tool-calls' },
    ];
    assert.deepEqual(deltasOf(events).slice(1, -1), [{ content: 'Hello' }]);
    assert.equal(finishOf(events), 'stop');
  });

  it('give log probabilities beside their text', () => {
    const logprobs = [
      { token: 'a', logprob: -1, bytes: [97], topLogprobs: [{ token: 'b', logprob: -2, bytes: null }] },
    ];
    const chunks = assemble([[{ type: 'text-delta', text: 'a', logprobs }, ...stop]]).flat();
    assert.deepEqual(chunks[1]?.choices[0]?.logprobs, {
      content: [{ token: 'a', logprob: -1, bytes: [97], top_logprobs: [{ token: 'b', logprob: -2, bytes: null }] }],
      refusal: null,
    });
    assert.equal(chunks[0]?.choices[0]?.logprobs, null);
  });

  it('end with the token counts where they are asked for, and null before', () => {
    const chunks = assemble([hello, stop], { includeUsage: true }).flat();
    const last = chunks.pop();
    assert.deepEqual(last?.choices, []);
    assert.deepEqual(last?.usage, {
      prompt_tokens: 5,
      completion_tokens: 7,
      total_tokens: 12,
      prompt_tokens_details: { cached_tokens: 2 },
      completion_tokens_details: { reasoning_tokens: 3 },
    });
    assert.ok(chunks.every((chunk) => chunk.usage === null));
  });

  it('have no usage at all where it is not asked for', () => {
    assert.ok(
      assemble([hello, stop], { includeUsage: false })
        .flat()
        .every((chunk) => !('usage' in chunk)),
    );
  });

  it('are none for a batch that says nothing to a client', () => {
    assert.deepEqual(assemble([[{ type: 'text-start' }], stop])[0], []);
  });

  for (const [reason, finish] of [
    ['length', 'length'],
    ['content-filter', 'content_filter'],
    ['stop', 'stop'],
    ['tool-calls', 'stop'],
  ] as const) {
    it(`end with ${finish} for an agent that ended with ${reason}, without calls`, () => {
      assert.equal(finishOf([...hello, { type: 'run-end', reason }]), finish);
    });
  }
});
