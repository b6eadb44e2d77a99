import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { truncateItems } from '../../../src/responses/plan/truncate-items.ts';
import type { StoredItem } from '../../../src/store/stored-item.ts';

const message = (id: string, role = 'user'): StoredItem => ({ id, type: 'message', role, content: [] });
const call = (id: string, callId: string): StoredItem => ({ id, type: 'function_call', call_id: callId });
const output = (id: string, callId: string): StoredItem => ({ id, type: 'function_call_output', call_id: callId });

const idsOf = (items: StoredItem[]) => items.map((item) => item.id);

describe('a history that is truncated', () => {
  it('stays as it is up to the limit', () => {
    const items = [message('a'), message('b')];
    assert.deepEqual(truncateItems(items, 2), items);
  });

  it('keeps its newest items', () => {
    const items = Array.from({ length: 10 }, (_, index) => message(`${index}`));
    assert.deepEqual(idsOf(truncateItems(items, 3)), ['7', '8', '9']);
  });

  it('keeps what the system and the developer said, and compactions, whatever their age', () => {
    const compaction = { id: 'c', type: 'compaction', encrypted_content: 'x' };
    const items = [message('s', 'system'), message('d', 'developer'), compaction, message('a'), message('b')];
    assert.deepEqual(idsOf(truncateItems(items, 1)), ['s', 'd', 'c', 'b']);
  });

  it('never keeps the output of a call that it drops', () => {
    const items = [call('1', 'x'), call('2', 'y'), output('3', 'x'), output('4', 'y'), message('5')];
    assert.deepEqual(idsOf(truncateItems(items, 4)), ['2', '4', '5']);
    assert.deepEqual(idsOf(truncateItems(items, 3)), ['5']);
    assert.deepEqual(idsOf(truncateItems(items, 5)), ['1', '2', '3', '4', '5']);
  });

  it('keeps a call whose output the next input brings', () => {
    const items = [call('1', 'x'), call('2', 'y'), message('3'), message('4')];
    assert.deepEqual(idsOf(truncateItems(items, 1, [output('5', 'x')])), ['1', '4']);
  });

  it('treats custom calls the same', () => {
    const items: StoredItem[] = [
      { id: '1', type: 'custom_tool_call', call_id: 'x' },
      { id: '2', type: 'custom_tool_call_output', call_id: 'x' },
      message('3'),
    ];
    assert.deepEqual(idsOf(truncateItems(items, 2)), ['3']);
  });
});
