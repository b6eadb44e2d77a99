import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AgentEvent, AgentPart } from '../../../src/agent/agent-client.ts';
import { toCallEnd, toCallStart } from '../../../src/agent/loop/call-items.ts';
import { toHostedFields, toItemPrefix } from '../../../src/agent/loop/hosted-items.ts';
import type { PlannedCall } from '../../../src/agent/loop/journal-step.ts';
import type { ToolResult } from '../../../src/agent/loop/tool-session.ts';
import { loadContract } from '../../../src/contract/load-contract.ts';
import { toHostedName } from '../../../src/tools/hosted-name.ts';
import { createReplyCheck } from '../../../src/verify/reply-check.ts';

const check = createReplyCheck(loadContract(), 'both').withNotes(() => undefined);

const toCall = (hosted: string, args: unknown, include: string[] = []): PlannedCall => ({
  ...{ callId: 'call_1', itemId: 'item_1', server: 'searx', tool: 'find' },
  arguments: typeof args === 'string' ? args : JSON.stringify(args),
  ...toHostedFields(hosted, include),
});

const toResult = (text: string, more: Partial<ToolResult> = {}): ToolResult => ({
  content: [{ type: 'text', text }],
  isError: false,
  ...more,
});

/** Returns the types of the events of a whole call, and its item at the start and at the end. All fit the contract. */
function report(call: PlannedCall, result: ToolResult) {
  const events = [...toCallStart(call), ...toCallEnd(call, result)];
  for (const [index, event] of events.entries()) {
    if (event.type === 'item-event') check.event('createResponse', { ...event.event, sequence_number: index });
    else if ('item' in event) check.schema('Item', event.item);
  }
  const itemOf = (type: string) =>
    events.flatMap((event) => ('item' in event && event.type === type ? [event.item] : []))[0];
  const types = events.flatMap((event) => (event.type === 'item-event' ? `${event.event['type']}` : []));
  return { events, types, start: itemOf('item-start'), end: itemOf('item-end') };
}

const callOf = (events: readonly AgentEvent[]) => {
  const end = events.at(-1);
  return end?.type === 'item-end' ? end.call : undefined;
};

describe('a web search by an MCP tool', () => {
  test('comes out as a web_search_call, with the query that the tool received', () => {
    const { types, start, end, events } = report(
      toCall('web_search', { query: 'tides', count: 3 }),
      toResult('High at 9.'),
    );
    assert.deepEqual(types, [
      'response.web_search_call.in_progress',
      'response.web_search_call.searching',
      'response.web_search_call.completed',
    ]);
    const action = { type: 'search', query: 'tides', queries: ['tides'] };
    assert.deepEqual(start, { type: 'web_search_call', id: 'item_1', status: 'in_progress', action });
    assert.deepEqual(end, { type: 'web_search_call', id: 'item_1', status: 'completed', action });
    const content: AgentPart[] = [{ type: 'text', text: 'High at 9.' }];
    assert.deepEqual(callOf(events), { name: 'web_search', arguments: '{"query":"tides","count":3}', content });
  });

  const include = ['web_search_call.action.sources'];
  const results: [name: string, result: ToolResult, urls: string[]][] = [
    [
      'a text',
      toResult('See https://a.example/x, and (https://b.example).'),
      ['https://a.example/x', 'https://b.example'],
    ],
    [
      'JSON',
      toResult('{"results":[{"url":"https://a.example","title":"A"},{"link":"https://b.example"}]}'),
      ['https://a.example', 'https://b.example'],
    ],
    [
      'a structured result',
      toResult('…', { structured: { hits: [{ url: 'https://c.example' }] } }),
      ['https://c.example'],
    ],
    ['a text that names a page twice', toResult('https://a.example https://a.example'), ['https://a.example']],
    ['a text without URLs', toResult('Nothing.'), []],
  ];
  for (const [name, result, urls] of results) {
    test(`has the sources of ${name}, if the client includes them`, () => {
      const { end } = report(toCall('web_search_preview_2025_03_11', { q: 'tides' }, include), result);
      const sources = urls.map((url) => ({ type: 'url', url }));
      assert.deepEqual(end?.['action'], { type: 'search', query: 'tides', queries: ['tides'], sources });
    });
  }

  test('opens a page, if the tool takes a URL', () => {
    const { end } = report(toCall('web_search', { url: 'https://a.example' }, include), toResult('A page.'));
    assert.deepEqual(end?.['action'], { type: 'open_page', url: 'https://a.example' });
  });

  test('fails without a completed event', () => {
    const { types, end } = report(toCall('web_search', { query: 'x' }), toResult('Down.', { isError: true }));
    assert.equal(end?.['status'], 'failed');
    assert.ok(!types.includes('response.web_search_call.completed'));
  });

  test('is an mcp_call, if its arguments have no query', () => {
    for (const args of [{ lat: 1, lon: 2 }, { from: 'a', to: 'b' }, 'no JSON', '[]']) {
      const call = toCall('web_search', args);
      assert.equal(report(call, toResult('x')).end?.['type'], 'mcp_call');
      assert.equal(toItemPrefix(call), 'mcp');
    }
    assert.equal(toItemPrefix(toCall('web_search', { query: 'x' })), 'ws');
  });
});

describe('a file search by an MCP tool', () => {
  const call = toCall('file_search', { queries: ['tides', 'moon'] }, ['file_search_call.results']);

  test('comes out as a file_search_call, with the matches that the client includes', () => {
    const structured = {
      matches: [
        { text: 'High at 9.', path: 'tides.md', score: 0.9 },
        { snippet: 'Low at 3.', score: 7 },
      ],
    };
    const { types, end } = report(call, toResult('2 matches', { structured }));
    assert.equal(types[1], 'response.file_search_call.searching');
    assert.deepEqual(end?.['queries'], ['tides', 'moon']);
    assert.deepEqual(end?.['results'], [
      { attributes: {}, file_id: '', filename: 'tides.md', score: 0.9, text: 'High at 9.' },
      { attributes: {}, file_id: '', filename: '', text: 'Low at 3.' },
    ]);
  });

  test('has a plain text as its one match', () => {
    const results = report(call, toResult('High at 9.')).end?.['results'];
    assert.deepEqual(results, [{ attributes: {}, file_id: '', filename: '', text: 'High at 9.' }]);
  });

  test('hides its matches by default', () => {
    assert.equal(report(toCall('file_search', { query: 'x' }), toResult('y')).end?.['results'], null);
  });
});

describe('a code interpreter by an MCP tool', () => {
  test('comes out as a code_interpreter_call, with its code and the outputs that the client includes', () => {
    const image: AgentPart = { type: 'image', url: 'data:image/png;base64,AA==' };
    const result = { content: [{ type: 'text' as const, text: '42' }, image], isError: false };
    const included = toCall('code_interpreter', { code: 'print(42)' }, ['code_interpreter_call.outputs']);
    const { types, end } = report(included, result);
    assert.deepEqual(types, [
      'response.code_interpreter_call.in_progress',
      'response.code_interpreter_call_code.delta',
      'response.code_interpreter_call_code.done',
      'response.code_interpreter_call.interpreting',
      'response.code_interpreter_call.completed',
    ]);
    assert.equal(end?.['code'], 'print(42)');
    assert.equal(end?.['container_id'], 'cntr_searx');
    assert.deepEqual(end?.['outputs'], [
      { type: 'logs', logs: '42' },
      { type: 'image', url: image.url },
    ]);
    assert.equal(report(toCall('code_interpreter', { code: '1' }), result).end?.['outputs'], null);
  });
});

test('versions of a hosted tool have one name', () => {
  const types = ['web_search', 'web_search_2025_08_26', 'web_search_preview', 'web_search_preview_2025_03_11'];
  for (const type of types) assert.equal(toHostedName(type), 'web_search');
  assert.equal(toHostedName('file_search'), 'file_search');
});
