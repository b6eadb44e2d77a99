import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ApiError } from '../../src/errors/api-error.ts';
import { toInputItems } from '../../src/items/to-input-items.ts';
import type { ResponseRequest } from '../../src/responses/responses-deps.ts';

type Input = NonNullable<ResponseRequest['input']>;
type Element = Exclude<Input, string>[number];

const one = (element: Element) => {
  const [item, ...others] = toInputItems([element]);
  assert.deepEqual(others, []);
  assert.ok(item);
  return item;
};

const userMessage = (...content: object[]) => ({ type: 'message', role: 'user', status: 'completed', content });

describe('the input of a response', () => {
  it('is one user message when it is a text', () => {
    const [{ id, ...item } = { id: '' }] = toInputItems('Hello');
    assert.match(id, /^msg_[0-9a-f]{32}$/);
    assert.deepEqual(item, userMessage({ type: 'input_text', text: 'Hello' }));
  });

  it('may be a list of texts, as the seed of this server took it', () => {
    const items = toInputItems(['one', 'two']);
    assert.deepEqual(
      items.map((item) => item['content']),
      [[{ type: 'input_text', text: 'one' }], [{ type: 'input_text', text: 'two' }]],
    );
  });

  const parts: [Element, object?][] = [
    [{ type: 'input_text', text: 'Hello' }],
    [
      { type: 'output_text', text: 'Hello' },
      { type: 'input_text', text: 'Hello' },
    ],
    [{ type: 'input_image', image_url: 'https://example.org/a.png', detail: 'low' }],
    [{ type: 'input_file', filename: 'a.txt', file_data: 'data:text/plain;base64,YQ==' }],
  ];
  for (const [part, kept = part] of parts) {
    it(`may hold a bare part of type ${typeof part === 'object' && 'type' in part && part.type}`, () => {
      const { id, ...item } = one(part);
      assert.match(id, /^msg_/);
      assert.ok(typeof kept === 'object');
      assert.deepEqual(item, userMessage(kept));
    });
  }

  it('may hold messages without a type, with text or parts or both kinds of parts', () => {
    assert.deepEqual(one({ role: 'user', content: 'Hello' })['content'], [{ type: 'input_text', text: 'Hello' }]);
    const mixed = one({ role: 'user', content: ['a', { type: 'input_text', text: 'b' }] });
    assert.deepEqual(mixed['content'], [
      { type: 'input_text', text: 'a' },
      { type: 'input_text', text: 'b' },
    ]);
  });

  it('maps assistant text to output text, as the AI SDK sends it', () => {
    const item = one({ role: 'assistant', content: 'Hello' });
    assert.deepEqual(item['content'], [{ type: 'output_text', text: 'Hello', annotations: [], logprobs: [] }]);
    assert.equal(item['role'], 'assistant');
  });

  it('keeps the ids that clients make, and what it does not know of an item', () => {
    const sent = {
      type: 'message' as const,
      role: 'user' as const,
      content: 'Hello',
      id: 'msg_client',
      extra: { a: 1 },
    };
    const item = one(sent);
    assert.equal(item.id, 'msg_client');
    assert.deepEqual(item['extra'], { a: 1 });
  });

  it('makes an id and a status where a client left them out or null', () => {
    const message = one({ role: 'user', content: 'Hello', id: null, status: null });
    assert.match(message.id, /^msg_/);
    assert.equal(message['status'], 'completed');
    const reasoning = one({ type: 'reasoning', id: null, status: null, summary: [] });
    assert.match(reasoning.id, /^rs_/);
    assert.equal(reasoning['status'], 'completed');
    assert.match(one({ role: 'user', content: 'Hello', id: '' }).id, /^msg_/);
  });

  const items: [Element, RegExp][] = [
    [{ type: 'function_call', call_id: 'c', name: 'f', arguments: '{}' }, /^fc_/],
    [{ type: 'function_call_output', call_id: 'c', output: 'x' }, /^fco_/],
    [{ type: 'custom_tool_call', call_id: 'c', name: 'f', input: 'x' }, /^ctc_/],
    [{ type: 'custom_tool_call_output', call_id: 'c', output: 'x' }, /^ctco_/],
    [{ type: 'reasoning', summary: [] }, /^rs_/],
    [{ type: 'compaction', encrypted_content: 'x' }, /^cmp_/],
    [{ type: 'additional_tools', role: 'developer', tools: [] }, /^item_/],
  ];
  for (const [element, id] of items) {
    const type = typeof element === 'object' && 'type' in element ? element.type : '';
    it(`accepts an item of type ${type} unchanged, with an id that shows its type`, () => {
      const { id: made, status, ...item } = one(element);
      assert.match(made, id);
      assert.equal(status, 'completed');
      assert.deepEqual(item, element);
    });
  }

  it('keeps the status of an item', () => {
    const item = one({ type: 'function_call', call_id: 'c', name: 'f', arguments: '{', status: 'incomplete' });
    assert.equal(item['status'], 'incomplete');
  });

  for (const element of [
    { type: 'item_reference' as const, id: 'msg_1' },
    { id: 'msg_1' },
    { type: null, id: 'msg_1' },
  ]) {
    it(`leaves a reference (${JSON.stringify(element)}) to be resolved, in its place`, () => {
      assert.deepEqual(toInputItems(['Hello', element])[1], { type: 'item_reference', id: 'msg_1' });
    });
  }

  it('must be there', () => {
    assert.throws(() => toInputItems(undefined), isApiError('missing_required_parameter', 'input'));
    assert.throws(() => toInputItems(null), isApiError('missing_required_parameter', 'input'));
  });
});

function isApiError(code: string, param: string): (error: unknown) => boolean {
  return (error) => error instanceof ApiError && error.code === code && error.param === param;
}
