import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { mergeProviderFields } from '../../../src/agent/request/provider-fields.ts';

suite('mergeProviderFields', () => {
  test('joins lists, merges objects and replaces other values', () => {
    const fields = {};
    mergeProviderFields(fields, { list: [1], object: { a: 1 }, text: 'a' });
    mergeProviderFields(fields, { list: [2], object: { b: 2 }, text: 'b' });
    assert.deepEqual(fields, { list: [1, 2], object: { a: 1, b: 2 }, text: 'b' });
  });

  test('continues the last entry of the same type and index', () => {
    const fields = {};
    const piece = (index: number, fields: object) => ({ details: [{ type: 'text', index, ...fields }] });
    const pieces = [piece(0, { text: 'a' }), piece(0, { text: 'b' }), piece(0, { signature: 's', text: null })];
    for (const next of [...pieces, piece(1, { text: 'c' })]) mergeProviderFields(fields, next);
    assert.deepEqual(fields, {
      details: [
        { type: 'text', index: 0, text: 'ab', signature: 's' },
        { type: 'text', index: 1, text: 'c' },
      ],
    });
  });

  test('does not change what it was given', () => {
    const first = { list: [{ index: 0, text: 'a' }] };
    const fields = {};
    mergeProviderFields(fields, first);
    mergeProviderFields(fields, { list: [{ index: 0, text: 'b' }] });
    assert.deepEqual(first, { list: [{ index: 0, text: 'a' }] });
  });
});
