import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ApiError } from '../../../src/errors/api-error.ts';
import { checkPairs } from '../../../src/responses/plan/check-pairs.ts';
import type { StoredItem } from '../../../src/store/stored-item.ts';

const call = (callId: string, type = 'function_call'): StoredItem => ({ id: `fc_${callId}`, type, call_id: callId });
const output = (callId: string, type = 'function_call_output'): StoredItem => ({
  id: `fco_${callId}`,
  type,
  call_id: callId,
});
const message: StoredItem = { id: 'msg_1', type: 'message', role: 'user', content: [] };
const compaction: StoredItem = { id: 'cmp_1', type: 'compaction', encrypted_content: 'x' };

const refusalOf = (history: StoredItem[], input: StoredItem[]): ApiError | undefined => {
  try {
    checkPairs(history, input);
    return undefined;
  } catch (error) {
    assert.ok(error instanceof ApiError);
    return error;
  }
};

describe('the output of a tool', () => {
  for (const kind of ['function_call', 'custom_tool_call']) {
    it(`is taken when its ${kind} came before it, in the history or in the input`, () => {
      assert.equal(refusalOf([call('a', kind), message], [output('a', `${kind}_output`)]), undefined);
      assert.equal(refusalOf([], [message, call('a', kind), output('a', `${kind}_output`)]), undefined);
    });

    it(`is refused without its ${kind}, and the error says where and which`, () => {
      const error = refusalOf([call('b', kind)], [message, output('a', `${kind}_output`)]);
      assert.deepEqual([error?.status, error?.code, error?.param], [400, 'invalid_value', 'input[1].call_id']);
      assert.match(error?.message ?? '', /call_id a\b/);
    });
  }

  it('is refused before its call: the order is not changed', () => {
    assert.equal(refusalOf([], [output('a'), call('a')])?.param, 'input[0].call_id');
  });

  it('is no call: an output does not answer an output', () => {
    assert.equal(refusalOf([output('a')], [output('a')])?.param, 'input[0].call_id');
  });

  it('may be one of several, in any order', () => {
    assert.equal(refusalOf([call('a'), call('b')], [output('b'), output('a')]), undefined);
  });

  it('is taken where a compaction may hide its call', () => {
    assert.equal(refusalOf([compaction], [output('a')]), undefined);
    assert.equal(refusalOf([], [compaction, output('a')]), undefined);
  });

  it('may be missing: a call that is never answered is the client’s affair', () => {
    assert.equal(refusalOf([call('a')], [message]), undefined);
  });
});
