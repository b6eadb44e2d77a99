import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createResponseId } from '../../src/ids.ts';
import { RunWatchers } from '../../src/store/shared/run-watchers.ts';

describe('the watchers of runs', () => {
  const [id, other] = [createResponseId(), createResponseId()];

  it('are called for their own run only, once per watch', () => {
    const watchers = new RunWatchers();
    const calls: string[] = [];
    const call = () => calls.push('one');
    using _one = watchers.watch(id, call);
    const again = watchers.watch(id, call);
    using _other = watchers.watch(other, () => calls.push('other'));
    watchers.notify(id);
    assert.deepEqual(calls, ['one', 'one']);
    again[Symbol.dispose]();
    again[Symbol.dispose]();
    watchers.notify(id);
    watchers.notify(other);
    assert.deepEqual(calls, ['one', 'one', 'one', 'other']);
  });

  it('are not called once the call of another has disposed them', () => {
    const watchers = new RunWatchers();
    using stack = new DisposableStack();
    const calls: string[] = [];
    watchers.watch(id, () => {
      calls.push('first');
      stack.dispose();
    });
    stack.use(watchers.watch(id, () => calls.push('second')));
    watchers.notify(id);
    assert.deepEqual(calls, ['first']);
  });

  it('can watch a run again after all watches were disposed', () => {
    const watchers = new RunWatchers();
    const first = watchers.watch(id, () => assert.fail('it has left'));
    first[Symbol.dispose]();
    let calls = 0;
    using _ = watchers.watch(id, () => {
      calls++;
    });
    first[Symbol.dispose]();
    watchers.notify(id);
    assert.equal(calls, 1);
    watchers.clear();
    watchers.notify(id);
    assert.equal(calls, 1, 'no watcher is called after clear');
  });
});
