import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AgentEvent } from '../../src/agent/agent-client.ts';
import { toToolSet } from '../../src/responses/plan/to-tool-set.ts';
import { assemble, createAssembler, end, finalOf, text, typesOf, usage } from './assemble.ts';
import { foldEvents } from './fold-events.ts';

const { set: tools } = toToolSet([
  { type: 'custom', name: 'run' },
  {
    type: 'namespace',
    name: 'eyes',
    description: '',
    tools: [
      { type: 'function', name: 'look' },
      { type: 'custom', name: 'draw' },
    ],
  },
]);

const call = (callId: string, name: string, ...pieces: string[]): AgentEvent[] => [
  { type: 'tool-call-start', callId, name },
  ...pieces.map((piece): AgentEvent => ({ type: 'tool-call-delta', callId, arguments: piece })),
  { type: 'tool-call-end', callId },
];

describe('the events of a custom tool call', () => {
  it('stream the input as plain text deltas', () => {
    const events = assemble([call('1', 'run', '{"in', 'put":"a', '\\', 'nb', '"}'), end('tool-calls')], { tools });
    assert.deepEqual(typesOf(events), [
      'output_item.added',
      'custom_tool_call_input.delta',
      'custom_tool_call_input.delta',
      'custom_tool_call_input.done',
      'output_item.done',
    ]);
    const [folded] = foldEvents(events);
    const [item] = finalOf(events).output;
    assert.ok(item?.type === 'custom_tool_call');
    const { id, ...fields } = item;
    assert.match(id ?? '', /^ctc_/);
    assert.deepEqual(fields, {
      type: 'custom_tool_call',
      status: 'completed',
      call_id: '1',
      name: 'run',
      input: 'a\nb',
    });
    assert.deepEqual(folded?.item, item);
    assert.deepEqual(folded?.done, item);
  });

  it('begin with an item that has its call_id and name and an empty input', () => {
    const [, , added] = assemble([call('1', 'run', '{"input":"a"}'), end('tool-calls')], { tools });
    assert.ok(added?.type === 'response.output_item.added' && added.item.type === 'custom_tool_call');
    assert.deepEqual([added.item.call_id, added.item.name, added.item.input], ['1', 'run', '']);
    assert.equal(added.item.status, 'in_progress');
  });

  it('send malformed arguments as input at the end', () => {
    const events = assemble([call('1', 'run', 'echo', ' hi'), end('tool-calls')], { tools });
    const deltas = events.flatMap((event) =>
      event.type === 'response.custom_tool_call_input.delta' ? [event.delta] : [],
    );
    assert.deepEqual(deltas, ['echo hi']);
  });

  it('end with an incomplete item when it was truncated', () => {
    const events = assemble([call('1', 'run', '{"input":"ha').slice(0, 2), end('length')], { tools });
    const [item] = finalOf(events).output;
    assert.ok(item?.type === 'custom_tool_call');
    assert.deepEqual([item.status, item.input], ['incomplete', 'ha']);
  });

  it('may interleave with those of other calls', () => {
    const [start, delta, stop] = call('1', 'run', '{"input":"a"}');
    assert.ok(start && delta && stop);
    const events = assemble([[start, ...call('2', 'eyes__look', '{}'), delta, stop], end('tool-calls')], { tools });
    assert.deepEqual(
      finalOf(events).output.map((item) => item.type),
      ['custom_tool_call', 'function_call'],
    );
    assert.deepEqual(
      foldEvents(events).map(({ item }) => item),
      finalOf(events).output,
    );
  });
});

describe('a call of a tool in a namespace', () => {
  it('has the bare name and a separate namespace in every event that names it', () => {
    const events = assemble(
      [[...call('1', 'eyes__look', '{}'), ...call('2', 'eyes__draw', '{"input":"x"}')], end('tool-calls')],
      { tools },
    );
    const named = events.flatMap((event) => ('item' in event && 'name' in event.item ? [event.item] : []));
    assert.equal(named.length, 4);
    for (const item of named) {
      assert.ok(item.type === 'function_call' || item.type === 'custom_tool_call');
      assert.equal(item.namespace, 'eyes');
      assert.equal(item.name, item.type === 'function_call' ? 'look' : 'draw');
    }
    const done = events.find((event) => event.type === 'response.function_call_arguments.done');
    assert.equal(done?.name, 'look');
  });

  it('has no namespace for a tool without one', () => {
    const [item] = finalOf(assemble([call('1', 'run', '{"input":""}'), end('tool-calls')], { tools })).output;
    assert.ok(item?.type === 'custom_tool_call' && !('namespace' in item));
  });
});

describe('sealed content', () => {
  it('is added to each reasoning item on request', () => {
    const think: AgentEvent[] = [
      { type: 'reasoning-start' },
      { type: 'reasoning-delta', text: 'Hm.' },
      { type: 'reasoning-end' },
    ];
    const events = assemble([think, text('Yes.'), end('stop')], { seal: (thought) => `sealed:${thought}` });
    const [item] = finalOf(events).output;
    assert.ok(item?.type === 'reasoning');
    assert.equal(item.encrypted_content, 'sealed:Hm.');
    const done = events.find((event) => event.type === 'response.output_item.done');
    assert.deepEqual(done?.item, item);
    const [plain] = finalOf(assemble([think, end('stop')])).output;
    assert.ok(plain?.type === 'reasoning' && !('encrypted_content' in plain));
  });

  it('is one whole compaction item', () => {
    const assembler = createAssembler();
    const events = [...assembler.start(), ...assembler.addCompaction('sealed')];
    assert.deepEqual(
      events.slice(2).map((event) => event.type),
      ['response.output_item.added', 'response.output_item.done'],
    );
    events.push(...assembler.take([...text('Yes.'), ...end('stop')]), ...assembler.end(usage, 1));
    const { output } = finalOf(events);
    assert.deepEqual(
      output.map((item) => item.type),
      ['compaction', 'message'],
    );
    assert.deepEqual(
      foldEvents(events).map(({ done }) => done),
      output,
    );
  });
});
