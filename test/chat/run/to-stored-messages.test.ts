import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toStoredMessages } from '../../../src/chat/run/to-stored-messages.ts';

const id = 'chatcmpl-6016479bfe57e6a60c32d70f45317b26';
const text = { type: 'text' as const, text: 'Hello' };
const call = { id: 'call_1', type: 'custom' as const, custom: { name: 'apply_patch', input: 'x' } };

describe('stored messages', () => {
  it('have ids that come from their completion, in order', () => {
    const stored = toStoredMessages(
      [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hello' },
      ],
      id,
    );
    assert.deepEqual(
      stored.map((message) => message.id),
      [`${id}-0`, `${id}-1`],
    );
  });

  it('distinguish a text from parts', () => {
    const [plain, parts] = toStoredMessages(
      [
        { role: 'user', content: 'Hello', name: 'Ann' },
        { role: 'user', content: [text], name: null },
      ],
      id,
    );
    const empty = { role: 'user', content: null, content_parts: null, refusal: null };
    assert.deepEqual(plain, { ...empty, id: `${id}-0`, content: 'Hello', name: 'Ann' });
    assert.deepEqual(parts, { ...empty, id: `${id}-1`, content_parts: [text] });
  });

  it('keep all that was said and called, and which call a result answers', () => {
    const [said, result] = toStoredMessages(
      [
        { role: 'assistant', refusal: 'No.', tool_calls: [call], reasoning_content: 'I think.' },
        { role: 'tool', content: 'done', tool_call_id: 'call_1' },
      ],
      id,
    );
    assert.deepEqual(said, {
      id: `${id}-0`,
      role: 'assistant',
      content: null,
      content_parts: null,
      refusal: 'No.',
      tool_calls: [call],
      reasoning_content: 'I think.',
    });
    assert.deepEqual(result, {
      id: `${id}-1`,
      role: 'tool',
      content: 'done',
      content_parts: null,
      refusal: null,
      tool_call_id: 'call_1',
    });
  });
});
