import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toList } from '../../src/http/to-list.ts';

describe('toList', () => {
  it('names the first and the last entry of the page', () => {
    const data = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
    assert.deepEqual(toList({ data, hasMore: true }), {
      object: 'list',
      data,
      first_id: 'a',
      last_id: 'c',
      has_more: true,
    });
  });

  it('has null for both ids of an empty page', () => {
    const empty = { object: 'list', data: [], first_id: null, last_id: null, has_more: false };
    assert.deepEqual(toList({ data: [], hasMore: false }), empty);
  });
});
