import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { limits } from '../../src/config/limits.ts';
import { JoinedHistories } from '../../src/store/shared/joined-histories.ts';

const end = (number: number, fields: { tenant?: string } = {}) => ({
  tenant: 'tenant-a',
  id: `resp_${number}` as const,
  parentId: number === 1 ? null : (`resp_${number - 1}` as const),
  messages: `${number}`,
  system: '',
  openCalls: '[]',
  ...fields,
});

const ofEntry = limits.joinedHistoryEntryBytes;

const textOf = (joined: ReturnType<JoinedHistories['extend']>) => joined?.messages.toString();

describe('joined histories in memory', () => {
  it('extend that of the parent, which they replace', () => {
    const histories = new JoinedHistories();
    for (const number of [1, 2, 3]) histories.extend(end(number));
    assert.equal(textOf(histories.extend(end(3))), '1,2,3');
    assert.ok(histories.bytes <= ofEntry + 1.5 * '1,2,3'.length + 1);
    assert.equal(histories.extend({ ...end(4), parentId: 'resp_2' }), undefined);
  });

  it('extend only what is in memory, for the same tenant', () => {
    const histories = new JoinedHistories();
    assert.equal(histories.extend(end(5)), undefined);
    assert.equal(textOf(histories.add(end(5), { messages: '1,2,3,4,5', system: '"Be brief."' })), '1,2,3,4,5');
    assert.equal(histories.extend(end(6, { tenant: 'tenant-b' })), undefined);
    const joined = histories.extend(end(6));
    assert.equal(textOf(joined), '1,2,3,4,5,6');
    assert.deepEqual(joined?.system, ['Be brief.']);
  });

  it('hold no more than their bytes: the least recently used are forgotten', () => {
    const histories = new JoinedHistories(2 * ofEntry + 16);
    for (const number of [20, 30, 40]) histories.add(end(number), { messages: '1,2,3', system: '' });
    assert.equal(histories.bytes, 2 * ofEntry + 16);
    assert.equal(histories.extend(end(21)), undefined);
    assert.equal(textOf(histories.extend(end(30))), '1,2,3');
    histories.add(end(50), { messages: '1'.repeat(2 * ofEntry), system: '' });
    assert.equal(histories.bytes, 0);
  });

  it('count a constant for each: tiny ones are bounded too', () => {
    const histories = new JoinedHistories(10 * ofEntry);
    for (let number = 1; number <= 100; number++) histories.add(end(number), { messages: '', system: '' });
    assert.equal(histories.bytes, 10 * ofEntry);
    assert.equal(histories.extend({ ...end(101), parentId: 'resp_90' }), undefined);
    assert.ok(histories.extend({ ...end(101), parentId: 'resp_91' }));
  });

  it('count their system messages', () => {
    const histories = new JoinedHistories(ofEntry + 100);
    const texts = { messages: '1', system: `"${'x'.repeat(60)}"` };
    histories.add(end(20), texts);
    assert.equal(histories.bytes, ofEntry + 64);
    histories.add(end(30), texts);
    assert.equal(histories.bytes, ofEntry + 64);
    assert.equal(histories.extend(end(21)), undefined);
    assert.deepEqual(histories.extend(end(31))?.system, ['x'.repeat(60)]);
  });

  it('are forgotten one by one, and when they were not used lately', () => {
    const histories = new JoinedHistories();
    histories.extend(end(1));
    histories.add(end(20), { messages: '20', system: '' });
    histories.forget('tenant-a', 'resp_1');
    assert.equal(histories.extend(end(2)), undefined);
    histories.expire(Date.now());
    assert.ok(histories.bytes > 0);
    histories.expire(Date.now() + limits.joinedHistoryMs + 1000);
    assert.equal(histories.bytes, 0);
  });
});
