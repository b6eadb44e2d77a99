import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ApiError } from '../../src/errors/api-error.ts';
import { TurnLocks } from '../../src/responses/turn-locks.ts';

describe('the lock of a conversation', () => {
  it('is held by one turn at a time: the second is told to wait', () => {
    const locks = new TurnLocks();
    using _first = locks.acquire('a', 'conv_1');
    assert.throws(
      () => locks.acquire('a', 'conv_1'),
      (error) => error instanceof ApiError && error.status === 409 && error.code === 'conversation_locked',
    );
  });

  it('is free again when the turn is over, however it ended', () => {
    const locks = new TurnLocks();
    assert.throws(() => {
      using _held = locks.acquire('a', 'conv_1');
      throw new Error('The turn failed.');
    }, /The turn failed/);
    using _next = locks.acquire('a', 'conv_1');
  });

  it('is not opened by the turn that was refused', () => {
    const locks = new TurnLocks();
    using _first = locks.acquire('a', 'conv_1');
    for (let attempt = 0; attempt < 2; attempt++) assert.throws(() => locks.acquire('a', 'conv_1'), ApiError);
  });

  it('is one for each conversation of each tenant', () => {
    const locks = new TurnLocks();
    using _one = locks.acquire('a', 'conv_1');
    using _two = locks.acquire('a', 'conv_2');
    using _three = locks.acquire('b', 'conv_1');
  });
});
