import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ToolSet } from '../../src/tools/tool-set.ts';

describe('the tools of a request', () => {
  const create = (): ToolSet => {
    const set = new ToolSet();
    set.add({ name: 'look' }, { kind: 'function', name: 'look' });
    set.add({ name: 'eyes__look' }, { kind: 'custom', name: 'look', namespace: 'eyes' });
    return set;
  };

  it('are the agent’s in the order in which they were declared', () => {
    assert.deepEqual(create().agentTools, [{ name: 'look' }, { name: 'eyes__look' }]);
  });

  it('lead back to what the client called them', () => {
    assert.deepEqual(create().find('eyes__look'), { kind: 'custom', name: 'look', namespace: 'eyes' });
    assert.deepEqual(create().find('look'), { kind: 'function', name: 'look' });
  });

  it('treat an undeclared name as a function’s', () => {
    assert.deepEqual(create().find('listen'), { kind: 'function', name: 'listen' });
  });

  it('hold one of a name: what is declared again replaces what was before', () => {
    const set = create();
    set.add({ name: 'look', description: 'Better.' }, { kind: 'custom', name: 'look' });
    assert.deepEqual(set.agentTools, [{ name: 'look', description: 'Better.' }, { name: 'eyes__look' }]);
    assert.equal(set.find('look').kind, 'custom');
  });

  it('can be selected by what they are to the client', () => {
    assert.deepEqual(
      create().select((tool) => tool.namespace === 'eyes'),
      ['eyes__look'],
    );
    assert.deepEqual(
      create().select((tool) => tool.name === 'look'),
      ['look', 'eyes__look'],
    );
    assert.deepEqual(
      create().select(() => false),
      [],
    );
  });
});
