import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mergeIterables } from '../../../src/chat/run/merge-iterables.ts';

/** Creates a source that the test feeds. `returned` is set once it was asked to stop. */
function createSource<Value>() {
  const waiting: PromiseWithResolvers<IteratorResult<Value>>[] = [];
  const source = {
    asked: 0,
    returned: false,
    give: (value: Value) => waiting.shift()?.resolve({ done: false, value }),
    end: () => waiting.shift()?.resolve({ done: true, value: undefined }),
    fail: (reason: unknown) => waiting.shift()?.reject(reason),
    [Symbol.asyncIterator]: () => ({
      next: () => {
        source.asked += 1;
        waiting.push(Promise.withResolvers());
        const [last] = waiting.slice(-1);
        assert.ok(last);
        return last.promise;
      },
      return: async () => {
        source.returned = true;
        return { done: true as const, value: undefined };
      },
    }),
  };
  return source;
}

const twoSources = () => [createSource<string>(), createSource<string>()] as const;

describe('merged iterables', () => {
  it('yield values of all sources as they arrive', async () => {
    const [a, b] = twoSources();
    const merged = mergeIterables([a, b], () => undefined);
    const first = merged.next();
    b.give('b1');
    assert.equal((await first).value, 'b1');
    const second = merged.next();
    b.give('b2');
    assert.equal((await second).value, 'b2');
    const third = merged.next();
    a.give('a1');
    assert.equal((await third).value, 'a1');
  });

  it('end when the last source has ended', async () => {
    const [a, b] = twoSources();
    const merged = mergeIterables([a, b], () => undefined);
    const first = merged.next();
    a.end();
    b.give('b1');
    assert.deepEqual(await first, { done: false, value: 'b1' });
    const second = merged.next();
    b.end();
    assert.deepEqual(await second, { done: true, value: undefined });
  });

  it('are fair when all sources always have a value', async () => {
    async function* endless(name: string) {
      for (;;) yield name;
    }
    const seen = { a: 0, b: 0 };
    let count = 0;
    for await (const name of mergeIterables([endless('a'), endless('b')], () => undefined)) {
      if (name === 'a' || name === 'b') seen[name] += 1;
      count += 1;
      if (count === 100) break;
    }
    assert.ok(seen.a >= 40 && seen.b >= 40, JSON.stringify(seen));
  });

  it('do not read a source again before its value was taken', async () => {
    const [a, b] = twoSources();
    const merged = mergeIterables([a, b], () => undefined);
    const first = merged.next();
    a.give('a1');
    b.give('b1');
    await first;
    assert.deepEqual([a.asked, b.asked], [1, 1]);
  });

  it('throw the error of a source, after stopping and returning all', async () => {
    const [a, b] = twoSources();
    let stops = 0;
    const merged = mergeIterables([a, b], () => {
      stops += 1;
    });
    const first = merged.next();
    a.fail(new Error('broken'));
    await assert.rejects(first, /broken/);
    assert.deepEqual([stops, a.returned, b.returned], [1, true, true]);
  });

  it('keep a failure until it is read, so that it is no unhandled rejection', async () => {
    const [a, b] = twoSources();
    const merged = mergeIterables([a, b], () => undefined);
    const first = merged.next();
    a.give('a1');
    await first;
    b.fail(new Error('broken'));
    // An unhandled rejection would be reported before this.
    await new Promise((resolve) => setImmediate(resolve));
    await assert.rejects(merged.next(), /broken/);
  });

  it('stop all sources when the reader leaves', async () => {
    const [a, b] = twoSources();
    let stops = 0;
    const merged = mergeIterables([a, b], () => {
      stops += 1;
    });
    const first = merged.next();
    a.give('a1');
    await first;
    await merged.return(undefined);
    assert.deepEqual([stops, a.returned, b.returned], [1, true, true]);
  });
});
