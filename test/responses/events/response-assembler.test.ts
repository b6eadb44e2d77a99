import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AgentEvent } from '../../../src/agent/agent-client.ts';
import { assemble, call, createAssembler, end, finalOf, text, typesOf, usage } from '../assemble.ts';

const think = (value: string): AgentEvent[] => [
  { type: 'reasoning-start' },
  { type: 'reasoning-delta', text: value },
  { type: 'reasoning-end' },
];
const refuse = (value: string): AgentEvent[] => [
  { type: 'refusal-start' },
  { type: 'refusal-delta', text: value },
  { type: 'refusal-end' },
];

describe('the events of a response', () => {
  it('begin with created and in_progress, numbered from 0, with nothing in the output', () => {
    const events = createAssembler().start();
    assert.deepEqual(
      events.map((event) => [event.type, event.sequence_number, 'response' in event && event.response.status]),
      [
        ['response.created', 0, 'in_progress'],
        ['response.in_progress', 1, 'in_progress'],
      ],
    );
    assert.ok(events.every((event) => 'response' in event && event.response.output.length === 0));
  });

  it('cover a text from start to end', () => {
    const events = assemble([text('Hello'), end('stop')]);
    assert.deepEqual(typesOf(events), [
      'output_item.added',
      'content_part.added',
      'output_text.delta',
      'output_text.done',
      'content_part.done',
      'output_item.done',
    ]);
    const [message] = finalOf(events).output;
    assert.ok(message?.type === 'message');
    assert.match(message.id, /^msg_/);
    assert.deepEqual(message.content, [{ type: 'output_text', text: 'Hello', annotations: [], logprobs: [] }]);
  });

  it('cover a refusal from start to end', () => {
    const events = assemble([refuse('No.'), end('stop')]);
    assert.deepEqual(typesOf(events), [
      'output_item.added',
      'content_part.added',
      'refusal.delta',
      'refusal.done',
      'content_part.done',
      'output_item.done',
    ]);
  });

  it('cover reasoning as text', () => {
    const events = assemble([think('Hm.'), end('stop')]);
    assert.deepEqual(typesOf(events), [
      'output_item.added',
      'content_part.added',
      'reasoning_text.delta',
      'reasoning_text.done',
      'content_part.done',
      'output_item.done',
    ]);
    const [item] = finalOf(events).output;
    assert.ok(item?.type === 'reasoning' && item.id.startsWith('rs_'));
    assert.deepEqual([item.summary, item.content], [[], [{ type: 'reasoning_text', text: 'Hm.' }]]);
  });

  it('cover reasoning as a summary, when requested', () => {
    const events = assemble([think('Hm.'), end('stop')], { asSummary: true });
    assert.deepEqual(typesOf(events), [
      'output_item.added',
      'reasoning_summary_part.added',
      'reasoning_summary_text.delta',
      'reasoning_summary_text.done',
      'reasoning_summary_part.done',
      'output_item.done',
    ]);
    const [item] = finalOf(events).output;
    assert.ok(item?.type === 'reasoning');
    assert.deepEqual([item.summary, item.content], [[{ type: 'summary_text', text: 'Hm.' }], undefined]);
  });

  it('cover a call, whose item is done only once it is known not to be cut short', () => {
    const assembler = createAssembler();
    assembler.start();
    assert.deepEqual(
      assembler.take(call('call_1', '{}')).map((event) => event.type),
      ['response.output_item.added', 'response.function_call_arguments.delta', 'response.function_call_arguments.done'],
    );
    assembler.take(end('tool-calls'));
    assert.deepEqual(
      assembler.end(usage, 1).map((event) => event.type),
      ['response.output_item.done', 'response.completed'],
    );
  });

  it('close a call that has ended before the next one is added', () => {
    const types = typesOf(assemble([[...call('call_1', '{}'), ...call('call_2', '{}')], end('tool-calls')]));
    assert.ok(types.indexOf('output_item.done') < types.lastIndexOf('output_item.added'), types.join());
  });

  it('keep calls that are made in parallel apart', () => {
    const events = assemble([
      [
        { type: 'tool-call-start', callId: 'call_1', name: 'one' },
        { type: 'tool-call-start', callId: 'call_2', name: 'two' },
        { type: 'tool-call-delta', callId: 'call_2', arguments: '{"b":' },
        { type: 'tool-call-delta', callId: 'call_1', arguments: '{"a":1}' },
        { type: 'tool-call-delta', callId: 'call_2', arguments: '2}' },
        { type: 'tool-call-end', callId: 'call_2' },
        { type: 'tool-call-end', callId: 'call_1' },
      ],
      end('tool-calls'),
    ]);
    const calls = finalOf(events).output.map((item) => item.type === 'function_call' && [item.call_id, item.arguments]);
    assert.deepEqual(calls, [
      ['call_1', '{"a":1}'],
      ['call_2', '{"b":2}'],
    ]);
    const indexes = events.flatMap((event) =>
      event.type === 'response.function_call_arguments.delta' ? [event.output_index] : [],
    );
    assert.deepEqual(indexes, [1, 0, 1]);
  });

  it('show a call that the agent ran, with its result as an item of its own', () => {
    const own: AgentEvent[] = [
      { type: 'tool-call-start', callId: 'call_1', name: 'look', agentRuns: true },
      { type: 'tool-call-end', callId: 'call_1' },
      { type: 'tool-result', callId: 'call_1', output: 'seen' },
    ];
    const { output } = finalOf(assemble([own, text('Done.'), end('stop')]));
    assert.deepEqual(
      output.map((item) => item.type),
      ['function_call', 'function_call_output', 'message'],
    );
    const result = output[1];
    assert.ok(result?.type === 'function_call_output');
    assert.deepEqual([result.call_id, result.output, result.status], ['call_1', 'seen', 'completed']);
    assert.match(result.id, /^fco_/);
  });

  it('put text and refusal into parts of one message, and start a new item for what comes between', () => {
    const events = assemble([text('a'), refuse('b'), think('c'), text('d'), think('e'), think('f'), end('stop')]);
    const { output } = finalOf(events);
    assert.deepEqual(
      output.map((item) => item.type),
      ['message', 'reasoning', 'message', 'reasoning', 'reasoning'],
    );
    assert.equal(output[0]?.type === 'message' && output[0].content.length, 2);
  });

  it('add an empty part, also when its first delta is in the same batch', () => {
    const logprobs = [{ token: 'a', logprob: -1, bytes: null, topLogprobs: [] }];
    const events = assemble([[{ type: 'text-start' }, { type: 'text-delta', text: 'a', logprobs }], end('stop')]);
    const added = events.find((event) => event.type === 'response.content_part.added');
    assert.deepEqual(added?.part, { type: 'output_text', text: '', annotations: [], logprobs: [] });
    const [message] = finalOf(events).output;
    const part = message?.type === 'message' ? message.content[0] : undefined;
    // Omitted bytes are derived from the token: the contract requires them.
    const expected = [{ token: 'a', logprob: -1, bytes: [97], top_logprobs: [] }];
    assert.deepEqual(part?.type === 'output_text' && part.logprobs, expected);
  });

  it('omit agent events without a wire event', () => {
    const assembler = createAssembler();
    assembler.start();
    assert.deepEqual(assembler.take([{ type: 'usage', usage }]), []);
    assert.deepEqual(assembler.take(end('stop')), []);
  });
});

describe('the end of a response', () => {
  it('carries the whole response: output, usage, time', () => {
    const { output, usage: counted, status, completed_at } = finalOf(assemble([text('Hello'), end('stop')]));
    assert.equal(status, 'completed');
    assert.equal(output.length, 1);
    assert.equal(completed_at, 1_700_000_009);
    assert.deepEqual(counted, {
      input_tokens: 5,
      input_tokens_details: { cached_tokens: 2, cache_write_tokens: 0 },
      output_tokens: 7,
      output_tokens_details: { reasoning_tokens: 3 },
      total_tokens: 12,
    });
  });

  for (const [reason, wire] of [
    ['length', 'max_output_tokens'],
    ['content-filter', 'content_filter'],
  ] as const) {
    it(`is incomplete when the agent ended for ${reason}: the last item too, and that alone`, () => {
      const events = assemble([think('Hm.'), text('Hel'), end(reason)]);
      const final = finalOf(events);
      assert.equal(events.at(-1)?.type, 'response.incomplete');
      assert.deepEqual([final.status, final.incomplete_details], ['incomplete', { reason: wire }]);
      assert.equal(final.completed_at, null);
      assert.deepEqual(
        final.output.map((item) => 'status' in item && item.status),
        ['completed', 'incomplete'],
      );
    });
  }

  it('is incomplete with an empty output when the limit left room for nothing', () => {
    assert.deepEqual(finalOf(assemble([end('length')])).output, []);
  });

  it('is a failure that keeps what had come, when the agent breaks off', () => {
    const broken: AgentEvent[] = [...text('Hello'), { type: 'tool-call-start', callId: 'call_1', name: 'look' }];
    const events = assemble([broken], { broken: true });
    const final = finalOf(events);
    assert.equal(events.at(-1)?.type, 'response.failed');
    const error = { type: 'server_error', code: 'upstream_error', message: 'It broke.', param: null };
    assert.deepEqual(final.error, error);
    assert.deepEqual(
      final.output.map((item) => [item.type, 'status' in item && item.status]),
      [
        ['message', 'completed'],
        ['function_call', 'incomplete'],
      ],
    );
  });

  it('ends as cancelled when it is stopped, with what had come', () => {
    const assembler = createAssembler();
    assembler.start();
    assembler.take([{ type: 'text-start' }, { type: 'text-delta', text: 'Hel' }]);
    const [event, ...others] = assembler.cancel();
    assert.ok(event?.type === 'response.incomplete');
    assert.deepEqual(others, []);
    const { response } = event;
    assert.equal(response.status, 'cancelled');
    const [message] = response.output;
    assert.ok(message?.type === 'message');
    assert.equal(message.status, 'incomplete');
    assert.deepEqual(message.content, [{ type: 'output_text', text: 'Hel', annotations: [], logprobs: [] }]);
  });

  it('counts the replies of earlier executions when it is stopped', () => {
    const message = { role: 'assistant' as const, content: [], toolCalls: [] };
    const reply = { type: 'reply-finished' as const, message, calls: [], end: { reason: 'stop' as const }, usage };
    const assembler = createAssembler({ journal: [reply] });
    assembler.take([{ type: 'step', step: reply }]);
    assert.deepEqual([assembler.outcome.usage?.inputTokens, assembler.outcome.usage?.outputTokens], [10, 14]);
  });
});
