import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { StreamCheck } from '../../scripts/soak/client/read-events.ts';

const main = fileURLToPath(new URL('../../scripts/soak/main.ts', import.meta.url));

describe('a soak', () => {
  it('holds all streams, survives clients that leave and an upstream that dies, and finds nothing left', async () => {
    const child = spawn(process.execPath, [main, '--streams', '60', '--seconds', '4'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const exit = once(child, 'exit');
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    assert.deepEqual([(await exit)[0], stderr], [0, '']);
    assert.match(stdout, /^streams held +60 of 60, 2400 tokens, each compared$/m);
    assert.match(stdout, /^event-loop delay +p50 \d+, p99 \d+, max \d+ ms$/m);
    assert.match(stdout, /^memory per stream +-?[\d.]+ kB resident, -?[\d.]+ kB heap$/m);
    assert.match(stdout, /^\d+ refusals \(429\) +p50 [\d.]+, p99 [\d.]+, max [\d.]+ ms$/m);
    assert.match(
      stdout,
      /^with churn +\d+ completed, [1-9]\d* failed, \d+ refused, [1-9]\d* left, 0 broken; \d+ tokens$/m,
    );
    assert.match(stdout, /^afterwards .* 0 running runs;/m);
    assert.match(stdout, /^Nothing was lost, and nothing is left running\.$/m);
  });
});

describe('the check of a stream', () => {
  const script = { key: 'k', count: 2, rate: 10, gate: 1 };
  const chunk = (content: string, finish: string | null = null) =>
    `data: ${JSON.stringify({ choices: [{ delta: { content }, finish_reason: finish }] })}\n\n`;
  const end = chunk('', 'stop');
  const done = 'data: [DONE]\n\n';
  const faultOf = (text: string): string | undefined => {
    const check = new StreamCheck('chat', script);
    check.read(Buffer.from(text));
    check.end();
    return check.fault;
  };

  it('accepts every token, one terminal event and [DONE]', () => {
    assert.equal(faultOf(chunk('k.0 ') + chunk('k.1 ') + end + done), undefined);
  });

  const faults: [name: string, text: string, fault: string][] = [
    ['a token that is missing', chunk('k.1 ') + end + done, 'k: expected "k.0 ", got "k.1 "'],
    ['too few tokens', chunk('k.0 ') + end + done, 'k: 1 of 2 tokens'],
    ['a second terminal event', chunk('k.0 ') + chunk('k.1 ') + end + end + done, 'k: a second terminal event'],
    ['no terminal event', chunk('k.0 '), 'k: the stream ended without a terminal event'],
    ['no [DONE]', chunk('k.0 ') + chunk('k.1 ') + end, 'k: the stream ended without [DONE]'],
    ['an event after [DONE]', chunk('k.0 ') + chunk('k.1 ') + end + done + end, 'k: an event after [DONE]'],
  ];
  for (const [name, text, fault] of faults) it(`reports ${name}`, () => assert.equal(faultOf(text), fault));

  it('reports a gap in the numbers of a response’s events', () => {
    const check = new StreamCheck('responses', script);
    const event = (number: number) =>
      `data: ${JSON.stringify({ type: 'response.in_progress', sequence_number: number })}\n\n`;
    check.read(Buffer.from(event(0) + event(2)));
    assert.equal(check.fault, 'k: event 1 has the number 2');
  });
});
