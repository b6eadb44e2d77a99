import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTraceContext } from '../src/trace-context.ts';

const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

test('reads a valid context, also one of a later version', () => {
  for (const text of [traceparent, traceparent.replace(/^00/, 'cc'), `${traceparent.replace(/^00/, 'cc')}-more`]) {
    assert.deepEqual(readTraceContext({ traceparent: text }), { traceparent: text });
  }
  const tracestate = 'a=1,b=2';
  assert.deepEqual(readTraceContext({ traceparent, tracestate }), { traceparent, tracestate });
});

test('ignores an invalid context, and a state that is too long', () => {
  const invalid = [
    traceparent.toUpperCase(),
    traceparent.replace(/^00/, 'ff'),
    `${traceparent}-more`,
    traceparent.replace(/-[0-9a-f]{32}-/, `-${'0'.repeat(32)}-`),
    traceparent.replace(/-[0-9a-f]{16}-/, `-${'0'.repeat(16)}-`),
    ` ${traceparent}`,
    `${traceparent}\n`,
    `cc${traceparent.slice(2)}-${'x'.repeat(600)}`,
    '',
  ];
  for (const text of invalid) assert.equal(readTraceContext({ traceparent: text }), undefined, text);
  assert.equal(readTraceContext({ tracestate: 'a=1' }), undefined);
  assert.deepEqual(readTraceContext({ traceparent, tracestate: `a=${'x'.repeat(600)}` }), { traceparent });
});
