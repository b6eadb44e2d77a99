import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  createChatCompletionId,
  createConversationId,
  createItemId,
  createResponseId,
  isChatCompletionId,
  isConversationId,
  isResponseId,
} from '../src/ids.ts';

const kinds = [
  { name: 'response', create: createResponseId, is: isResponseId, prefix: 'resp_' },
  { name: 'conversation', create: createConversationId, is: isConversationId, prefix: 'conv_' },
  { name: 'chat completion', create: createChatCompletionId, is: isChatCompletionId, prefix: 'chatcmpl-' },
];

const digits = (id: string): string => id.slice(-32);

describe('ids', () => {
  for (const { name, create, is, prefix } of kinds) {
    it(`have the prefix of a ${name}`, () => {
      const id: string = create();
      assert.ok(id.startsWith(prefix));
      assert.ok(is(id));
      for (const other of [
        '',
        prefix,
        `${id}0`,
        id.slice(0, -1),
        ` ${id}`,
        id.toUpperCase(),
        `${prefix}${'g'.repeat(32)}`,
      ]) {
        assert.equal(is(other), false, other);
      }
      for (const kind of kinds) if (kind.prefix !== prefix) assert.equal(kind.is(id), false);
    });
  }

  it('are unique', () => {
    const made = Array.from({ length: 10_000 }, () => createItemId('msg'));
    assert.equal(new Set(made).size, made.length);
  });

  it('begin with their creation time in milliseconds', () => {
    const before = Date.now();
    const time = Number.parseInt(digits(createResponseId()).slice(0, 12), 16);
    assert.ok(before <= time && time <= Date.now(), `${time}`);
  });

  it('are random after the time', () => {
    const made = Array.from({ length: 256 }, () => digits(createResponseId()).slice(12));
    for (let place = 0; place < 20; place++) {
      const seen = new Set(made.map((rest) => rest[place]));
      assert.equal(seen.size, 16, `every digit occurs at place ${place}`);
    }
  });
});
