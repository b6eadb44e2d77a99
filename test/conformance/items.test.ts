import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Response, ResponseInputItem, ResponseStreamEvent } from 'openai/resources/responses/responses';
import { useServer } from '../clients/agents-under-test.ts';

const model = 'any-name';
const tools = [
  { type: 'function' as const, name: 'look', strict: false, parameters: { type: 'object' } },
  { type: 'custom' as const, name: 'run' },
];
/** An answer with every kind of item, and with two parts in one message. */
const everything = [
  '/reason First I think.',
  '/say Let me see.',
  '/refuse Not that.',
  '/run own {"a":1} => done',
  '/call look {"city":"Paris"}',
  '/call run {"input":"ls"}',
  '/call look {"city":"Rome"}',
].join('\n');

const finalOf = (events: ResponseStreamEvent[]): Response => {
  const last = events.at(-1);
  assert.ok(last && 'response' in last);
  return last.response;
};

describe('Open Responses: the life of items', () => {
  const setup = useServer('offline agent', 'memory');
  const stream = async (input: string) =>
    Array.fromAsync(await setup.openai.responses.create({ model, input, tools, stream: true, reasoning: {} }));
  /** The events of each item, by its index. */
  const livesOf = async (input: string) => {
    const events = (await stream(input)).flatMap((event) => ('output_index' in event ? [event] : []));
    return [...Map.groupBy(events, (event) => event.output_index).values()];
  };

  it('begins with output_item.added and ends with output_item.done, and nothing follows (N28, L5, L7, L14)', async () => {
    const lives = await livesOf(everything);
    assert.equal(lives.length, 7);
    for (const events of lives) {
      const types = events.map(({ type }) => type);
      assert.equal(types.indexOf('response.output_item.added'), 0);
      assert.equal(types.lastIndexOf('response.output_item.added'), 0);
      assert.equal(types.indexOf('response.output_item.done'), types.length - 1);
    }
  });

  it('has content in parts: added, grown by deltas, done, closed (N30, N31, N32, L7, L14)', async () => {
    const [reasoning, message] = await livesOf('/reason one two\n/say one two');
    const typesOf = (events: { type: string }[] | undefined) => events?.map(({ type }) => type.slice(9)).slice(1, -1);
    assert.deepEqual(typesOf(reasoning), [
      'content_part.added',
      'reasoning_text.delta',
      'reasoning_text.delta',
      'reasoning_text.done',
      'content_part.done',
    ]);
    assert.deepEqual(typesOf(message), [
      'content_part.added',
      'output_text.delta',
      'output_text.delta',
      'output_text.done',
      'content_part.done',
    ]);
  });

  it('may have several parts, one after the other, each in the same pattern (N33)', async () => {
    const [message] = await livesOf('/say Let me see.\n/refuse Not that.');
    const bounds = message?.flatMap((event) =>
      event.type === 'response.content_part.added' || event.type === 'response.content_part.done'
        ? [[event.type.slice(9), event.content_index, event.part.type]]
        : [],
    );
    assert.deepEqual(bounds, [
      ['content_part.added', 0, 'output_text'],
      ['content_part.done', 0, 'output_text'],
      ['content_part.added', 1, 'refusal'],
      ['content_part.done', 1, 'refusal'],
    ]);
  });

  it('is added with its role or name and what is still empty (L12)', async () => {
    const added = (await stream(everything)).flatMap((event) =>
      event.type === 'response.output_item.added' ? [event.item] : [],
    );
    for (const item of added) {
      if (item.type === 'message') assert.deepEqual([item.role, item.content], ['assistant', []]);
      if (item.type === 'function_call') assert.deepEqual([item.name.length > 0, item.arguments], [true, '']);
      if (item.type === 'custom_tool_call') assert.deepEqual([item.name, item.input], ['run', '']);
      if (item.type === 'reasoning') assert.deepEqual(item.summary, []);
      assert.ok('status' in item && item.status === 'in_progress');
    }
  });

  it('is in progress, then completed or incomplete, and the last alone may be incomplete (N27, L6)', async () => {
    for (const input of [everything, `${everything}\n/limit 9`]) {
      const events = await stream(input);
      const final = finalOf(events);
      const statuses = final.output.map((item) => ('status' in item ? item.status : undefined));
      assert.ok(
        statuses.slice(0, -1).every((status) => status === 'completed'),
        `${statuses}`,
      );
      assert.equal(statuses.at(-1), final.status);
    }
  });

  it('has only state and delta events (N38)', async () => {
    const ofState = /^response\.(created|queued|in_progress|completed|incomplete|failed)$/;
    const ofDelta =
      /^response\.(output_item|content_part|output_text|refusal|reasoning_text|function_call_arguments|custom_tool_call_input)\.(added|delta|done)$/;
    for (const { type } of await stream(everything)) assert.ok(ofState.test(type) || ofDelta.test(type), type);
  });

  it('always has id, type and status, and an id of its own (N57, N58)', async () => {
    const responses = [finalOf(await stream(everything)), finalOf(await stream(everything))];
    const items = responses.flatMap(({ output }) => output);
    for (const { id } of responses) {
      const { data } = await setup.openai.responses.inputItems.list(id);
      for (const item of data) assert.ok(item.id && item.type && 'status' in item && item.status);
    }
    for (const item of items) assert.ok(item.id && item.type && 'status' in item && item.status);
    assert.equal(new Set(items.map(({ id }) => id)).size, items.length);
  });

  it('is of a kind that the specification or OpenAI has: none of our own (N34)', async () => {
    const kinds = new Set(finalOf(await stream(everything)).output.map(({ type }) => type));
    const known = ['custom_tool_call', 'function_call', 'function_call_output', 'message', 'reasoning'];
    assert.deepEqual([...kinds].toSorted(), known);
  });

  it('can be sent back as it came out, whole (L16)', async () => {
    const first = finalOf(await stream(everything));
    const results = first.output.flatMap((item): ResponseInputItem[] => {
      if (item.type === 'custom_tool_call') {
        return [{ type: 'custom_tool_call_output', call_id: item.call_id, output: 'a.txt' }];
      }
      const isOwn = item.type === 'function_call' && item.name === 'own';
      return item.type === 'function_call' && !isOwn
        ? [{ type: 'function_call_output', call_id: item.call_id, output: 'sunny' }]
        : [];
    });
    assert.equal(results.length, 3);
    const question = { role: 'user' as const, content: 'What is it like?' };
    // The SDK's types of output and input items differ in details that its own documentation passes over.
    const input = [question, ...first.output, ...results] as ResponseInputItem[];
    const second = await setup.openai.responses.create({ model, input, tools, store: false });
    assert.match(second.output_text, /sunny/);
  });
});
