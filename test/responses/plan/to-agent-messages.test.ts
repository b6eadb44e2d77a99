import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ApiError } from '../../../src/errors/api-error.ts';
import type { OpenSealed } from '../../../src/items/open-sealed.ts';
import { toInputItems } from '../../../src/items/to-input-items.ts';
import { toAgentMessages } from '../../../src/responses/plan/to-agent-messages.ts';
import type { ResponseRequest } from '../../../src/responses/responses-deps.ts';

type Elements = Exclude<NonNullable<ResponseRequest['input']>, string>;

/** Opens what the tests seal: the text behind `sealed:`. */
const open: OpenSealed = (_kind, sealed) => (sealed.startsWith('sealed:') ? sealed.slice('sealed:'.length) : undefined);

const translate = (...input: Elements) => toAgentMessages({ history: [], input: toInputItems(input), open });
const text = (value: string) => ({ type: 'text', text: value });
const functionCall = (callId: string) => ({
  type: 'function_call' as const,
  call_id: callId,
  name: 'look',
  arguments: '{}',
});
const functionOutput = (callId: string) => ({
  type: 'function_call_output' as const,
  call_id: callId,
  output: `${callId} seen`,
});

describe('items as an agent is given them', () => {
  it('become messages in their order, history first', () => {
    const history = toInputItems([
      { role: 'user', content: 'one' },
      { role: 'assistant', content: 'first' },
    ]);
    const { messages, system, pastMessages } = toAgentMessages({ history, input: toInputItems('two'), open });
    assert.deepEqual(messages, [
      { role: 'user', content: [text('one')] },
      { role: 'assistant', content: [text('first')], toolCalls: [] },
      { role: 'user', content: [text('two')] },
    ]);
    assert.deepEqual(system, []);
    assert.equal(pastMessages, 2);
  });

  it('merge all system and developer messages into one system prompt', () => {
    const { messages, system } = translate(
      { role: 'developer', content: 'Be brief.' },
      { role: 'user', content: 'Hello' },
      { role: 'system', content: [{ type: 'input_text', text: 'Be kind.' }, 'Be true.'] },
    );
    assert.deepEqual(system, ['Be brief.', 'Be kind.\nBe true.']);
    assert.deepEqual(
      messages.map(({ role }) => role),
      ['user'],
    );
  });

  it('join what the agent said in one go into one message, so that parallel calls stay together', () => {
    const { messages } = translate(
      { role: 'user', content: 'Look twice.' },
      { type: 'reasoning', summary: [], content: [{ type: 'reasoning_text', text: 'Hm.' }] },
      { role: 'assistant', content: 'I look.' },
      functionCall('a'),
      functionCall('b'),
      functionOutput('a'),
      functionOutput('b'),
      { role: 'assistant', content: 'Done.' },
    );
    const call = (callId: string) => ({ callId, name: 'look', arguments: '{}' });
    assert.deepEqual(messages, [
      { role: 'user', content: [text('Look twice.')] },
      { role: 'assistant', content: [text('I look.')], reasoning: 'Hm.', toolCalls: [call('a'), call('b')] },
      { role: 'tool', callId: 'a', content: [text('a seen')] },
      { role: 'tool', callId: 'b', content: [text('b seen')] },
      { role: 'assistant', content: [text('Done.')], toolCalls: [] },
    ]);
  });

  it('give reasoning its summary where there is no text of it', () => {
    const { messages } = translate({ type: 'reasoning', summary: [{ type: 'summary_text', text: 'In short.' }] });
    assert.deepEqual(messages, [{ role: 'assistant', content: [], reasoning: 'In short.', toolCalls: [] }]);
  });

  it('open reasoning that comes back sealed, without its text', () => {
    const { messages } = translate(
      { type: 'reasoning', encrypted_content: 'sealed:Hm.', summary: null, content: null },
      'Hello',
    );
    assert.deepEqual(messages[0], { role: 'assistant', content: [], reasoning: 'Hm.', toolCalls: [] });
  });

  it('join what is reasoned in several items, and leave out an item that says nothing', () => {
    const said = (value: string) => [{ type: 'summary_text' as const, text: value }];
    const { messages } = translate(
      { type: 'reasoning', summary: [] },
      { type: 'reasoning', summary: said('One.') },
      { type: 'reasoning', summary: said('Two.') },
      'Hello',
    );
    assert.equal(messages.length, 2);
    assert.deepEqual(messages[0], { role: 'assistant', content: [], reasoning: 'One.\nTwo.', toolCalls: [] });
  });

  it('refuse a compaction that was not sealed here, and say where it is', () => {
    assert.throws(
      () => translate('Hello', { type: 'compaction', encrypted_content: 'changed' }),
      isApiError('invalid_encrypted_content', 'input[1].encrypted_content'),
    );
  });

  it('leave out reasoning that was not sealed here', () => {
    const { messages } = translate('Hello', { type: 'reasoning', encrypted_content: 'changed', summary: [] });
    assert.equal(messages.length, 1);
  });

  it('show a freeform call as that of a function with the text in its one argument', () => {
    const { messages } = translate(
      { type: 'custom_tool_call', call_id: 'a', name: 'run', input: 'say "hi"' },
      { type: 'custom_tool_call_output', call_id: 'a', output: [{ type: 'input_text', text: 'hi' }] },
    );
    assert.deepEqual(messages, [
      {
        role: 'assistant',
        content: [],
        toolCalls: [{ callId: 'a', name: 'run', arguments: '{"input":"say \\"hi\\""}' }],
      },
      { role: 'tool', callId: 'a', content: [text('hi')] },
    ]);
  });

  it('name a call in a namespace by both names', () => {
    const { messages } = translate({ ...functionCall('a'), namespace: 'mcp__eyes' });
    assert.ok(messages[0]?.role === 'assistant');
    assert.equal(messages[0].toolCalls[0]?.name, 'mcp__eyes__look');
  });

  it('have the summary, and what it keeps word for word, in the place of all that came before a compaction', () => {
    const kept = { role: 'user', content: [text('Kept.')] };
    const sealed = `sealed:${JSON.stringify({ summary: 'In short.', messages: [kept] })}`;
    const history = toInputItems([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Long ago.' },
      { type: 'compaction', encrypted_content: sealed },
      { role: 'user', content: 'Later.' },
    ]);
    const { messages, system, pastMessages } = toAgentMessages({ history, input: toInputItems('Now.'), open });
    assert.deepEqual(messages, [
      { role: 'user', content: [text('Summary of the conversation so far:\nIn short.')] },
      kept,
      { role: 'user', content: [text('Later.')] },
      { role: 'user', content: [text('Now.')] },
    ]);
    assert.deepEqual(system, ['Be brief.']);
    assert.equal(pastMessages, 3);
  });

  it('open of a history only the latest compaction', () => {
    const sealed = `sealed:${JSON.stringify({ summary: 'In short.', messages: [] })}`;
    const history = toInputItems([
      { role: 'system', content: 'Be brief.' },
      { type: 'reasoning', encrypted_content: 'unreadable', summary: null, content: null },
      { type: 'compaction', encrypted_content: 'unreadable' },
      { type: 'compaction', encrypted_content: sealed },
    ]);
    const { messages, system } = toAgentMessages({ history, input: [], open });
    assert.deepEqual(messages, [{ role: 'user', content: [text('Summary of the conversation so far:\nIn short.')] }]);
    assert.deepEqual(system, ['Be brief.']);
  });

  it('carry pictures and files, in messages and in the outputs of tools', () => {
    const image = { type: 'input_image' as const, image_url: 'data:image/png;base64,AA==', detail: 'high' as const };
    const file = { type: 'input_file' as const, filename: 'a.pdf', file_url: 'https://example.org/a.pdf' };
    const { messages } = translate(
      { role: 'user', content: [image, file, { type: 'input_text', text: 'What is it?' }] },
      { type: 'function_call_output', call_id: 'a', output: [{ type: 'input_text', text: 'A picture:' }, image] },
    );
    const picture = { type: 'image', url: 'data:image/png;base64,AA==', detail: 'high' };
    assert.deepEqual(messages, [
      {
        role: 'user',
        content: [picture, { type: 'file', filename: 'a.pdf', url: 'https://example.org/a.pdf' }, text('What is it?')],
      },
      { role: 'tool', callId: 'a', content: [text('A picture:'), picture] },
    ]);
  });

  it('keep a refusal as one', () => {
    const { messages } = translate({ role: 'assistant', content: [{ type: 'refusal', refusal: 'No.' }] });
    assert.deepEqual(messages, [{ role: 'assistant', content: [], refusal: 'No.', toolCalls: [] }]);
  });

  it('omit items of unsupported tools', () => {
    const { messages } = translate('Hello', { type: 'additional_tools', tools: [] }, { type: 'compaction_trigger' });
    assert.deepEqual(messages, [{ role: 'user', content: [text('Hello')] }]);
  });

  const unfit: [string, Elements, string][] = [
    ['an image without an address', [image({})], 'input[1].content[0]'],
    ['a file without data', [{ role: 'user', content: [{ type: 'input_file', file_id: 'f' }] }], 'input[1].content[0]'],
    [
      'sound',
      [{ role: 'user', content: ['a', { type: 'input_audio', input_audio: { data: 'AA==', format: 'wav' } }] }],
      'input[1].content[1]',
    ],
    [
      'a tool output that is a film',
      [{ type: 'function_call_output', call_id: 'a', output: [{ type: 'input_video', video_url: 'https://x.org' }] }],
      'input[1].output[0]',
    ],
  ];
  it('can name no image or file of the agent’s own machine', () => {
    const url = 'file:///etc/passwd';
    const file = { type: 'input_file' as const, file_url: url };
    const output = { type: 'function_call_output' as const, call_id: 'c', output: [file] };
    const call = { type: 'function_call' as const, call_id: 'c', name: 'f', arguments: '{}' };
    const picture = image({ image_url: url });
    assert.throws(() => translate('Hello', picture), isApiError('invalid_value', 'input[1].content[0].image_url'));
    assert.throws(() => translate(call, output), isApiError('invalid_value', 'input[1].output[0].file_url'));
  });

  for (const [name, elements, param] of unfit) {
    it(`refuse ${name}, and say where it is`, () => {
      assert.throws(() => translate('Hello', ...elements), isApiError('unsupported_value', param));
    });
  }
});

function isApiError(code: string, param: string): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof ApiError);
    assert.deepEqual([error.status, error.code, error.param], [400, code, param]);
    return true;
  };
}

function image(fields: object): Elements[number] {
  return { role: 'user', content: [{ type: 'input_image', ...fields }] };
}
