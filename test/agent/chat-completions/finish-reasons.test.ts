import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { toEndReason, toOwnEndReason } from '../../../src/agent/chat-completions/finish-reasons.ts';

suite('finish reasons of chat upstreams', () => {
  const known: [string, string[]][] = [
    ['stop', ['stop', 'STOP', 'eos', 'eos_token', 'stop_sequence', 'end_turn', 'complete', 'COMPLETED']],
    ['length', ['length', 'max_tokens', 'MAX_TOKENS', 'model_length', 'max-length', 'length limit']],
    ['content-filter', ['content_filter', 'sensitive', 'SAFETY', 'RECITATION', 'content_filtered', 'content-filter']],
    ['tool-calls', ['tool_calls', 'function_call', 'tool_use', 'TOOL_CALL', 'FinishReason.TOOL_CALLS']],
  ];
  for (const [reason, names] of known) {
    for (const name of names) test(`${name} is ${reason}`, () => assert.equal(toEndReason(name), reason));
  }

  for (const unset of [undefined, null, false, '', ' ', 'null', 'None']) {
    test(`${JSON.stringify(unset)} means that the answer goes on`, () => assert.equal(toEndReason(unset), undefined));
  }

  for (const name of ['abort', 'error', 'network_error', 'insufficient_system_resource', 'cancelled', 'OTHER']) {
    test(`${name} fails the run`, () => {
      const message = `The agent ended its answer with the finish reason '${name}'.`;
      assert.throws(() => toEndReason(name), { code: 'upstream_error', status: 502, message });
    });
  }

  test('an unknown reason fails the run, quoted up to a bound', () => {
    const message = `The agent ended its answer with the unknown finish reason '${'x'.repeat(64)}'.`;
    assert.throws(() => toEndReason('x'.repeat(1000)), { code: 'upstream_error', message });
    assert.throws(() => toEndReason(7), { code: 'upstream_error' });
    assert.throws(() => toEndReason(true), { code: 'upstream_error' });
  });

  test('the reason of the provider itself counts when it is worse', () => {
    assert.equal(toOwnEndReason('stop', 'MAX_TOKENS'), 'length');
    assert.equal(toOwnEndReason('stop', 'SAFETY'), 'content-filter');
    assert.throws(() => toOwnEndReason('stop', 'MALFORMED_FUNCTION_CALL'), { code: 'upstream_error' });
    for (const own of ['STOP', 'end_turn', 'tool_use', 'anything', null, undefined, 7]) {
      assert.equal(toOwnEndReason('stop', own), 'stop');
    }
    assert.equal(toOwnEndReason('length', 'STOP'), 'length');
    assert.equal(toOwnEndReason(null, 'SAFETY'), undefined);
  });

  test('reads the reason in an object, as SGLang names it', () => {
    assert.equal(toEndReason({ type: 'length', length: 5 }), 'length');
  });
});
