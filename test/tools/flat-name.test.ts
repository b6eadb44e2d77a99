import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toFlatName } from '../../src/tools/flat-name.ts';

describe('the flat name of a tool', () => {
  it('is its own where it has no namespace, and both with one', () => {
    assert.equal(toFlatName('look'), 'look');
    assert.equal(toFlatName('look', null), 'look');
    assert.equal(toFlatName('look', 'mcp__eyes'), 'mcp__eyes__look');
  });

  it('is always the same, so that a replayed call finds its tool', () => {
    const long = 'x'.repeat(80);
    assert.equal(toFlatName(long, 'a b'), toFlatName(long, 'a b'));
  });

  it('is one that every provider takes, whatever the tool is called', () => {
    for (const name of ['a.b', 'größe', 'x'.repeat(64), 'x'.repeat(65), '🌦'.repeat(40), 'a b']) {
      for (const namespace of [undefined, 'ns', 'n'.repeat(64), 'n s']) {
        assert.match(toFlatName(name, namespace), /^[a-zA-Z0-9_-]{1,64}$/);
      }
    }
  });

  it('stays as it is up to 64 characters', () => {
    const name = 'x'.repeat(60);
    assert.equal(toFlatName(name, 'ns'), `ns__${name}`);
    assert.notEqual(toFlatName(`${name}x`, 'ns'), `ns__${name}x`);
  });

  it('keeps names distinct that would be cut or cleaned to the same', () => {
    const long = 'x'.repeat(70);
    const names = [`${long}1`, `${long}2`, 'a.b', 'a:b', 'a b', 'a_b'].map((name) => toFlatName(name, 'ns'));
    assert.equal(new Set(names).size, names.length);
  });
});
