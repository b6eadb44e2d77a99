import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { AgentEvent } from '../../../src/agent/agent-client.ts';
import type { ChatToolCallDelta } from '../../../src/agent/chat-completions/chat-chunk.ts';
import { createToolCallReader } from '../../../src/agent/chat-completions/read-tool-calls.ts';

/** One line an event: `start call_1 name`, `delta call_1 text`, `end call_1`. Generated ids read `new1`, `new2`, … */
function read(...chunks: ChatToolCallDelta[][]): string[] {
  const reader = createToolCallReader();
  const events: AgentEvent[] = [];
  for (const deltas of chunks) reader.read(deltas, events);
  reader.end(events, true);
  const made: string[] = [];
  return events.map((event) => {
    assert.ok(event.type === 'tool-call-start' || event.type === 'tool-call-delta' || event.type === 'tool-call-end');
    if (/^call_[0-9a-f]{32}$/.test(event.callId) && !made.includes(event.callId)) made.push(event.callId);
    const callId = made.includes(event.callId) ? `new${made.indexOf(event.callId) + 1}` : event.callId;
    if (event.type === 'tool-call-start') return `start ${callId} ${event.name}`;
    return event.type === 'tool-call-delta' ? `delta ${callId} ${event.arguments}` : `end ${callId}`;
  });
}

suite('createToolCallReader', () => {
  test('reads a call in pieces, as OpenAI sends it', () => {
    const first = { index: 0, id: 'call_1', function: { name: 'f', arguments: '' } };
    const piece = (text: string) => ({ index: 0, function: { arguments: text } });
    assert.deepEqual(read([first], [piece('{"a"')], [piece(':1}')]), [
      'start call_1 f',
      'delta call_1 {"a"',
      'delta call_1 :1}',
      'end call_1',
    ]);
  });

  test('reads whole calls in one delta, with and without index', () => {
    const whole = (id: string) => ({ id, function: { name: 'f', arguments: '{}' } });
    const expected = ['start a f', 'start b f', 'delta a {}', 'end a', 'delta b {}', 'end b'];
    assert.deepEqual(
      read([
        { index: 0, ...whole('a') },
        { index: 1, ...whole('b') },
      ]),
      expected,
    );
    assert.deepEqual(read([whole('a'), whole('b')]), expected);
  });

  test('keeps interleaved calls apart', () => {
    const piece = (index: number, text: string) => ({ index, function: { arguments: text } });
    const first = (index: number, id: string) => ({ index, id, function: { name: id, arguments: '' } });
    assert.deepEqual(read([first(0, 'a'), first(1, 'b')], [piece(1, '1')], [piece(0, '2')], [piece(1, '3')]), [
      'start a a',
      'start b b',
      'delta b 1',
      'delta a 2',
      'delta b 3',
      'end a',
      'end b',
    ]);
  });

  test('begins another call when a new id comes at the same index', () => {
    const whole = (id: string) => [{ index: 0, id, function: { name: 'f', arguments: '{}' } }];
    assert.deepEqual(read(whole('a'), whole('b')), [
      'start a f',
      'delta a {}',
      'end a',
      'start b f',
      'delta b {}',
      'end b',
    ]);
  });

  test('treats a repeated id and name as the same call', () => {
    const piece = (text: string) => [{ index: 0, id: 'a', function: { name: 'f', arguments: text } }];
    assert.deepEqual(read(piece(''), piece('{'), piece('}')), ['start a f', 'delta a {', 'delta a }', 'end a']);
  });

  test('generates an id when it is missing, null or empty', () => {
    for (const id of [undefined, null, '']) {
      const call = { index: 0, ...(id === undefined ? {} : { id }), function: { name: 'f', arguments: '{}' } };
      assert.deepEqual(read([call]), ['start new1 f', 'delta new1 {}', 'end new1']);
    }
  });

  test('generates an id when it is not a string', () => {
    const first = { index: 0, id: 5, function: { name: 'f', arguments: '{"a"' } };
    const second = { index: 0, id: 5, function: { arguments: ':1}' } };
    assert.deepEqual(read([first], [second]), ['start new1 f', 'delta new1 {"a"', 'delta new1 :1}', 'end new1']);
  });

  test('generates an id when two calls share one', () => {
    const whole = (index: number) => ({ index, id: 'same', function: { name: 'f', arguments: '{}' } });
    assert.deepEqual(read([whole(0), whole(1)]), [
      'start same f',
      'start new1 f',
      'delta same {}',
      'end same',
      'delta new1 {}',
      'end new1',
    ]);
  });

  test('separates whole calls without ids by their names', () => {
    const whole = (name: string) => [{ function: { name, arguments: '{}' } }];
    assert.deepEqual(read(whole('f'), whole('g')), [
      'start new1 f',
      'delta new1 {}',
      'end new1',
      'start new2 g',
      'delta new2 {}',
      'end new2',
    ]);
  });

  test('waits for a split name, and for one after the arguments', () => {
    assert.deepEqual(
      read(
        [{ index: 0, id: 'a', function: { name: 'get_' } }],
        [{ index: 0, function: { name: 'weather' } }],
        [{ index: 0, function: { arguments: '{}' } }],
      ),
      ['start a get_weather', 'delta a {}', 'end a'],
    );
    assert.deepEqual(
      read(
        [{ index: 0, id: 'a', function: { arguments: '{"a":' } }],
        [{ index: 0, function: { arguments: '1}' } }],
        [{ index: 0, function: { name: 'f' } }],
      ),
      ['start a f', 'delta a {"a":1}', 'end a'],
    );
  });

  test('accepts a late id', () => {
    assert.deepEqual(
      read([{ index: 0, function: { name: 'f' } }], [{ index: 0, id: 'a', function: { arguments: '{}' } }]),
      ['start a f', 'delta a {}', 'end a'],
    );
  });

  test('sets the arguments of a call without any to {}, unless it was cut off', () => {
    const call = { index: 0, id: 'c', function: { name: 'f', arguments: '' } };
    assert.deepEqual(read([call]), ['start c f', 'delta c {}', 'end c']);
    const reader = createToolCallReader();
    const events: AgentEvent[] = [];
    reader.read([call], events);
    reader.end(events, false);
    assert.deepEqual(
      events.map(({ type }) => type),
      ['tool-call-start'],
    );
  });

  test('starts a call without arguments when the next begins, or at the end', () => {
    const call = (index: number, text: string) => [
      { index, id: `c${index}`, function: { name: 'f', arguments: text } },
    ];
    assert.deepEqual(read(call(0, ''), call(1, '{}'), call(2, '')), [
      'start c0 f',
      'start c1 f',
      'delta c0 {}',
      'end c0',
      'delta c1 {}',
      'end c1',
      'start c2 f',
      'delta c2 {}',
      'end c2',
    ]);
  });

  const city = ['start a f', 'delta a {"city":', 'delta a "Paris"}', 'end a'];

  test('continues a call whose pieces each have a new id, with or without the name', () => {
    const piece = (id: string, text: string, name?: string) => [{ index: 0, id, function: { name, arguments: text } }];
    assert.deepEqual(read(piece('a', '{"city":', 'f'), piece('b', '"Paris"}')), city);
    assert.deepEqual(read(piece('a', '{"city":', 'f'), piece('b', '"Paris"}', 'f')), city);
    const two = read(piece('a', '{"n":1}', 'f'), piece('b', '{"n":2}', 'f'));
    assert.deepEqual(two, ['start a f', 'delta a {"n":1}', 'end a', 'start b f', 'delta b {"n":2}', 'end b']);
  });

  test('continues a call without an id whose pieces each have the name', () => {
    const piece = (text: string) => [{ index: 0, function: { name: 'f', arguments: text } }];
    const events = read(piece('{"city":'), piece('"Paris"}'));
    assert.deepEqual(
      events,
      city.map((event) => event.replace(' a', ' new1')),
    );
  });

  test('drops an empty object ahead of the arguments, and whole arguments that are repeated', () => {
    const piece = (text: unknown) => [{ index: 0, id: 'a', function: { name: 'f', arguments: text } }];
    for (const empty of ['{}', {}]) assert.deepEqual(read(piece(empty), piece('{"city":'), piece('"Paris"}')), city);
    assert.deepEqual(read(piece('{"city":'), piece('"Paris"}'), piece('{"city":"Paris"}')), city);
    assert.deepEqual(read(piece({ city: 1 }), piece({ city: 1 })), ['start a f', 'delta a {"city":1}', 'end a']);
    // Equal pieces of a nested object are no repetition.
    assert.deepEqual(read(piece('{"a":'), piece('{"a":'), piece('1}}')).length, 5);
  });

  test('ends a call with an empty object as whole, even if the answer is cut', () => {
    const reader = createToolCallReader();
    const events: AgentEvent[] = [];
    reader.read([{ index: 0, id: 'a', function: { name: 'f', arguments: '{}' } }], events);
    assert.deepEqual(reader.end(events, false), { hadCalls: true, isCut: false });
    assert.deepEqual(events.at(-2), { type: 'tool-call-delta', callId: 'a', arguments: '{}' });
  });

  test('sends an empty object that is held back before what follows the calls', () => {
    const reader = createToolCallReader();
    const events: AgentEvent[] = [];
    reader.read([{ index: 0, id: 'a', function: { name: 'f', arguments: '{}' } }], events);
    const next: AgentEvent = { type: 'text-start' };
    assert.deepEqual(reader.release([next]), [{ type: 'tool-call-delta', callId: 'a', arguments: '{}' }, next]);
    assert.deepEqual(reader.release([next]), [next]);
  });

  test('reads a name and arguments beside the id', () => {
    assert.deepEqual(read([{ id: 'a', name: 'f', arguments: '{"city":' }], [{ arguments: '"Paris"}' }]), city);
  });

  test('serializes arguments that arrive as an object', () => {
    assert.deepEqual(
      read([{ id: 'a', function: { name: 'f', arguments: { city: 'Paris' } } }])[1],
      'delta a {"city":"Paris"}',
    );
  });

  test('fails for arguments without a name, and drops an empty call', () => {
    assert.throws(() => read([{ index: 0, id: 'a', function: { arguments: '{}' } }]), {
      code: 'upstream_error',
      message: 'The agent called a tool without naming it.',
    });
    assert.deepEqual(read([{ index: 0, id: 'a' }], [{ index: 1, function: null }]), []);
  });

  test('returns at the end whether there were any calls', () => {
    const none = createToolCallReader();
    none.read([{ index: 0, id: 'a' }], []);
    assert.deepEqual(none.end([], true), { hadCalls: false, isCut: false });
    const replaced = createToolCallReader();
    replaced.read([{ index: 0, id: 'a', function: { name: 'f' } }], []);
    replaced.read([{ index: 0, id: 'b' }], []);
    assert.deepEqual(replaced.end([], true), { hadCalls: true, isCut: false });
  });
});
