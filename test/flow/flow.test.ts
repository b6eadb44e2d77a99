import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ended, waiting } from '../../src/flow/flow.ts';
import { forEach } from '../../src/flow/for-each.ts';
import { Handover } from '../../src/flow/handover.ts';
import { MappedFlow, mapFlow } from '../../src/flow/mapped-flow.ts';
import { toFlow } from '../../src/flow/to-flow.ts';

/** Yields numbers, and notes how far it came and how it ended. */
async function* count(to: number, notes: unknown[], error?: Error): AsyncGenerator<number> {
  try {
    for (let value = 1; value <= to; value++) {
      notes.push(value);
      yield value;
    }
    if (error) throw error;
    notes.push('end');
  } finally {
    notes.push('closed');
  }
}

describe('a flow', () => {
  it('is read to its end, by plain calls or with for await', async () => {
    for (const notes of [[], []] as unknown[][]) {
      const taken: number[] = [];
      const take = (value: number) => void taken.push(value);
      const flow = toFlow(count(3, notes));
      assert.equal(toFlow(flow), flow);
      if (notes.length === 0) await forEach(flow, (value) => take(value) as undefined);
      else for await (const value of flow) take(value);
      assert.deepEqual([taken, notes.at(-2), notes.at(-1)], [[1, 2, 3], 'end', 'closed']);
      assert.equal(flow.read(), ended);
    }
  });

  it('waits for a reader that is busy', async () => {
    const notes: unknown[] = [];
    const gate = Promise.withResolvers<void>();
    const whole = forEach(toFlow(count(3, notes)), (value) => (value === 1 ? gate.promise : undefined));
    await nextTurn();
    assert.deepEqual(notes, [1]);
    gate.resolve();
    await whole;
    assert.deepEqual(notes, [1, 2, 3, 'end', 'closed']);
  });

  it('is closed by a reader that fails or leaves, at once or later', async () => {
    const broken = new Error('broken');
    for (const fail of [() => Promise.reject(broken), (): undefined => assert.fail(broken)]) {
      const notes: unknown[] = [];
      await assert.rejects(forEach(toFlow(count(3, notes)), fail), broken);
      assert.deepEqual(notes, [1, 'closed']);
    }
    const notes: unknown[] = [];
    for await (const _ of toFlow(count(3, notes))) break;
    assert.deepEqual(notes, [1, 'closed']);
  });

  it('fails once, with the error of its source', async () => {
    const broken = new Error('broken');
    const flow = toFlow(count(1, [], broken));
    const taken: number[] = [];
    const take = (value: number) => {
      taken.push(value);
      return undefined;
    };
    await assert.rejects(forEach(flow, take), broken);
    assert.deepEqual([taken, flow.read()], [[1], ended]);
  });

  it('has one reader at a time', async () => {
    const flow = toFlow(count(1, []));
    const first = flow.next();
    await assert.rejects(flow.next(), /one reader at a time/);
    assert.deepEqual(await first, { done: false, value: 1 });
  });

  it('ignores a call back at another time than it asked for', async () => {
    const flow = toFlow(count(2, []));
    assert.equal(flow.read(), waiting);
    const calls: string[] = [];
    flow.wait(() => calls.push('replaced'));
    flow.wait(() => calls.push('called'));
    await nextTurn();
    assert.deepEqual([calls, flow.read()], [['called'], 1]);
  });
});

describe('a mapped flow', () => {
  it('omits values, and waits for those that are promises', async () => {
    class Doubled extends MappedFlow<number, number> {
      protected override map(value: number) {
        if (value === 1) return undefined;
        return value === 2 ? nextTurn(value * 2) : value * 2;
      }
    }
    assert.deepEqual(await Array.fromAsync(new Doubled(count(4, []))), [4, 6, 8]);
  });

  it('closes its source and reports the end before its reader receives an error', async () => {
    for (const broken of [new Error('of the map'), new Error('of the promise'), new Error('of the source')]) {
      const notes: unknown[] = [];
      class Watched extends MappedFlow<number, number> {
        protected override map(value: number) {
          if (broken.message === 'of the map') throw broken;
          return broken.message === 'of the promise' ? Promise.reject(broken) : value;
        }
        protected override over(error?: unknown): Promise<void> {
          notes.push(error);
          return nextTurn();
        }
      }
      await assert.rejects(Array.fromAsync(new Watched(count(1, notes, broken))), broken);
      assert.deepEqual(notes.slice(1).toSorted(), [broken, 'closed'].toSorted());
    }
  });

  it('closes its source and fails with the first error even if the report of the end fails at once', async () => {
    const broken = new Error('broken');
    const notes: unknown[] = [];
    class Watched extends MappedFlow<number, number> {
      protected override map(): number {
        throw broken;
      }
      protected override over(): never {
        throw new Error('of the report');
      }
    }
    const flow = new Watched(count(3, notes));
    await assert.rejects(Array.fromAsync(flow), broken);
    assert.deepEqual([notes, flow.read()], [[1, 'closed'], ended]);
  });

  it('reports the end even if its source fails to close', async () => {
    const broken = new Error('broken');
    const source: AsyncIterable<number> = {
      [Symbol.asyncIterator]: () => ({
        next: () => Promise.resolve({ done: false, value: 1 }),
        return: () => Promise.reject(broken),
      }),
    };
    const notes: string[] = [];
    class Watched extends MappedFlow<number, number> {
      protected override map(value: number): number {
        return value;
      }
      protected override over(): undefined {
        notes.push('over');
      }
    }
    await assert.rejects(new Watched(source).close(), broken);
    assert.deepEqual(notes, ['over']);
  });

  it('is closed with its source', async () => {
    const notes: unknown[] = [];
    for await (const value of mapFlow(count(3, notes), (number) => number * 2)) {
      assert.equal(value, 2);
      break;
    }
    assert.deepEqual(notes, [1, 'closed']);
  });
});

describe('a handover', () => {
  /** A producer of numbers that notes when each was taken. */
  function produce(to: number, notes: unknown[]): Handover<number> {
    const handover = new Handover<number>(async () => {
      await nextTurn();
      try {
        for (let value = 1; value <= to; value++) {
          const given = handover.push(value);
          notes.push(given === undefined ? `${value} at once` : value);
          await given;
        }
      } catch (error) {
        notes.push(handover.isLeft ? 'left' : error);
        throw error;
      }
    });
    return handover;
  }

  it('starts with its first read, and needs no promise for a reader that waits', async () => {
    const notes: unknown[] = [];
    const handover = produce(3, notes);
    await nextTurn();
    assert.deepEqual(notes, []);
    await forEach(handover, () => undefined);
    assert.deepEqual(notes, ['1 at once', '2 at once', '3 at once']);
  });

  it('holds the producer until its reader returns', async () => {
    const notes: unknown[] = [];
    const gate = Promise.withResolvers<void>();
    const whole = forEach(produce(2, notes), () => gate.promise);
    await nextTurn();
    await nextTurn();
    assert.deepEqual(notes, [1]);
    gate.resolve();
    await whole;
    assert.deepEqual(notes, [1, 2]);
  });

  it('stops the producer where its reader leaves, and waits for it', async () => {
    const broken = new Error('broken');
    for (const fail of [() => Promise.reject(broken), (): undefined => assert.fail(broken)]) {
      const notes: unknown[] = [];
      const handover = produce(3, notes);
      await assert.rejects(forEach(handover, fail), broken);
      assert.equal(notes.at(-1), 'left');
      assert.equal(handover.read(), ended);
      assert.throws(() => handover.push(4), /left/);
    }
  });

  it('is not started by a read after a close', async () => {
    const notes: unknown[] = [];
    const handover = produce(3, notes);
    await handover.close();
    assert.equal(handover.read(), ended);
    await forEach(handover, () => undefined);
    await handover.close();
    assert.deepEqual([handover.read(), notes], [ended, []]);
  });

  it('has ended for its reader once closed, while its producer stops', async () => {
    const notes: unknown[] = [];
    const handover = produce(3, notes);
    assert.equal(handover.read(), waiting);
    const closed = handover.close();
    assert.equal(handover.read(), ended);
    await closed;
    assert.deepEqual([handover.read(), notes], [ended, ['left']]);
  });

  it('fails with its producer', async () => {
    const broken = new Error('broken');
    const handover = new Handover<number>(() => Promise.reject(broken));
    await assert.rejects(
      forEach(handover, () => undefined),
      broken,
    );
  });
});
