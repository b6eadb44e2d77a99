import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AgentEndReason, AgentEvent } from '../../../src/agent/agent-client.ts';
import { assemble, deltasOf, patchTool, weatherTool } from '../assemble.ts';

const end = (reason: AgentEndReason): AgentEvent => ({ type: 'run-end', reason });
const start = (callId: string, name: string): AgentEvent => ({ type: 'tool-call-start', callId, name });
const write = (callId: string, text: string): AgentEvent => ({ type: 'tool-call-delta', callId, arguments: text });
const stop = (callId: string): AgentEvent => ({ type: 'tool-call-end', callId });
const role = { role: 'assistant', content: '', refusal: null };

const assembleFlat = (...run: Parameters<typeof assemble>) => assemble(...run).flat();

describe('the chunks of one choice', () => {
  it('carry its index, the role once and first, and why it ended last', () => {
    const chunks = assembleFlat([[{ type: 'text-delta', text: 'Hi' }], [end('stop')]], { index: 3 });
    assert.deepEqual(
      chunks.map(({ choices }) => choices),
      [
        [{ index: 3, delta: role, logprobs: null, finish_reason: null }],
        [{ index: 3, delta: { content: 'Hi' }, logprobs: null, finish_reason: null }],
        [{ index: 3, delta: {}, logprobs: null, finish_reason: 'stop' }],
      ],
    );
  });

  it('have the role even when the agent says nothing', () => {
    assert.deepEqual(deltasOf(assembleFlat([[end('length')]])), [role, {}]);
  });

  it("show a function's arguments as the agent writes them", () => {
    const events = [start('call_1', 'get_weather'), write('call_1', '{"ci'), write('call_1', 'ty":1}'), stop('call_1')];
    const chunks = assembleFlat([events, [end('tool-calls')]], { tools: [weatherTool] });
    assert.deepEqual(deltasOf(chunks), [
      role,
      { tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '' } }] },
      { tool_calls: [{ index: 0, function: { arguments: '{"ci' } }] },
      { tool_calls: [{ index: 0, function: { arguments: 'ty":1}' } }] },
      {},
    ]);
    assert.equal(chunks.at(-1)?.choices[0]?.finish_reason, 'tool_calls');
  });

  it('show the text inside the arguments as the input of a custom tool, as soon as it can be read', () => {
    const pieces = ['{"inp', 'ut":"a\\', 'nb', '\\u00e', '9"}'];
    const events = [start('call_1', 'apply_patch'), ...pieces.map((piece) => write('call_1', piece)), stop('call_1')];
    const chunks = assembleFlat([events, [end('tool-calls')]], { tools: [patchTool] });
    assert.deepEqual(deltasOf(chunks), [
      role,
      { tool_calls: [{ index: 0, id: 'call_1', type: 'custom', custom: { name: 'apply_patch', input: '' } }] },
      { tool_calls: [{ index: 0, custom: { input: 'a' } }] },
      { tool_calls: [{ index: 0, custom: { input: '\nb' } }] },
      { tool_calls: [{ index: 0, custom: { input: 'é' } }] },
      {},
    ]);
  });

  it('show arguments of another form whole, once they end', () => {
    const events = [start('call_1', 'apply_patch'), write('call_1', 'just '), write('call_1', 'text'), stop('call_1')];
    const deltas = deltasOf(assembleFlat([events, [end('tool-calls')]], { tools: [patchTool] }));
    assert.deepEqual(deltas.slice(2, -1), [{ tool_calls: [{ index: 0, custom: { input: 'just text' } }] }]);
  });

  it('show what was written of a custom call that was cut short', () => {
    const events = [start('call_1', 'apply_patch'), write('call_1', 'half')];
    const chunks = assembleFlat([events, [end('length')]], { tools: [patchTool] });
    assert.deepEqual(deltasOf(chunks).slice(2, -1), [{ tool_calls: [{ index: 0, custom: { input: 'half' } }] }]);
    assert.equal(chunks.at(-1)?.choices[0]?.finish_reason, 'length');
  });

  it('distinguish parallel calls of both kinds by their index', () => {
    const chunks = assembleFlat(
      [
        [start('call_1', 'apply_patch'), start('call_2', 'get_weather')],
        [write('call_2', '{}'), write('call_1', '{"input":"x"}')],
        [stop('call_1'), stop('call_2'), end('tool-calls')],
      ],
      { tools: [patchTool, weatherTool] },
    );
    const calls = deltasOf(chunks).flatMap((delta) => delta?.tool_calls ?? []);
    assert.deepEqual(
      calls.map(({ index, custom, function: called }) => [index, custom?.input ?? called?.arguments]),
      [
        [0, ''],
        [1, ''],
        [1, '{}'],
        [0, 'x'],
      ],
    );
  });

  it('do not show calls that the agent runs itself', () => {
    const chunks = assembleFlat([
      [
        { type: 'tool-call-start', callId: 'own', name: 'get_weather', agentRuns: true },
        write('own', '{}'),
        stop('own'),
      ],
      [{ type: 'tool-result', callId: 'own', output: '18' }, { type: 'text-delta', text: 'Warm.' }, end('tool-calls')],
    ]);
    assert.deepEqual(deltasOf(chunks), [role, { content: 'Warm.' }, {}]);
    assert.equal(chunks.at(-1)?.choices[0]?.finish_reason, 'stop');
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
    assert.deepEqual(deltasOf(assembleFlat([[...events, end('stop')]])).slice(1, -1), [
      { reasoning_content: 'Hm.' },
      { refusal: 'No.' },
    ]);
  });

  it('give log probabilities beside their text', () => {
    const logprobs = [
      { token: 'a', logprob: -1, bytes: [97], topLogprobs: [{ token: 'b', logprob: -2, bytes: null }] },
    ];
    const chunks = assembleFlat([[{ type: 'text-delta', text: 'a', logprobs }, end('stop')]]);
    assert.deepEqual(chunks[1]?.choices[0]?.logprobs, {
      content: [{ token: 'a', logprob: -1, bytes: [97], top_logprobs: [{ token: 'b', logprob: -2, bytes: null }] }],
      refusal: null,
    });
    assert.equal(chunks[0]?.choices[0]?.logprobs, null);
  });

  it('are none for a batch that says nothing to a client', () => {
    assert.deepEqual(assemble([[{ type: 'text-start' }], [end('stop')]])[0], []);
  });

  for (const [reason, finish] of [
    ['length', 'length'],
    ['content-filter', 'content_filter'],
    ['stop', 'stop'],
    ['tool-calls', 'stop'],
  ] as const) {
    it(`end with ${finish} for an agent that ended with ${reason}, without calls`, () => {
      const chunks = assembleFlat([[{ type: 'text-delta', text: 'Hello' }, end(reason)]]);
      assert.equal(chunks.at(-1)?.choices[0]?.finish_reason, finish);
    });
  }
});
