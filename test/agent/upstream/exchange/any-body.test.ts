import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { startAgent, toText } from '../upstream-harness.ts';

const chunk = (fields: object) => JSON.stringify({ choices: [{ index: 0, ...fields }] });
const chunks = [
  chunk({ delta: { content: 'ok' } }),
  chunk({ delta: { content: 'ay é' } }),
  chunk({ finish_reason: 'stop' }),
];
const stream = `${chunks.map((data) => `data: ${data}\n\n`).join('')}data: [DONE]\n\n`;
/** The beginning of a stream. */
const half = `data: ${chunks[0]}\n\n`;
const completion = JSON.stringify({ choices: [{ message: { content: 'okay é' }, finish_reason: 'stop' }] });
const labels = [
  'application/json',
  'application/json; charset=utf-8',
  'text/event-stream',
  'text/plain',
  'application/x-ndjson',
  'x',
  '',
];

/** Starts an agent whose upstream sends these bytes, in pieces of a size. */
function sending(body: string | Buffer, { status = 200, label = 'text/event-stream', size = 1_000_000 } = {}) {
  return startAgent({
    answer: async (_request, response) => {
      response.writeHead(status, label === '' ? {} : { 'content-type': label });
      const bytes = Buffer.from(body);
      for (let from = 0; from < bytes.length; from += size) {
        await new Promise((resolve) => response.write(bytes.subarray(from, from + size), resolve));
        await new Promise(setImmediate);
      }
      response.end();
      return true;
    },
  });
}

suite('an answer is what its bytes are', () => {
  for (const label of labels) {
    test(`under the media type "${label}"`, async () => {
      await using streamed = await sending(stream, { label });
      assert.equal(toText(await streamed.ask('hi')), 'okay é');
      await using whole = await sending(completion, { label });
      assert.equal(toText(await whole.ask('hi')), 'okay é');
    });
  }

  for (const status of [201, 202, 206, 299]) {
    test(`with the status ${status}`, async () => {
      await using streamed = await sending(stream, { status });
      assert.equal(toText(await streamed.ask('hi')), 'okay é');
      await using whole = await sending(completion, { status });
      assert.equal(toText(await whole.ask('hi')), 'okay é');
    });
  }

  const forms: Record<string, string | Buffer> = {
    'with a byte order mark': `\ufeff${stream}`,
    'after white space and a byte order mark': `\r\n \ufeff\n${stream}`,
    'with CRLF': stream.replaceAll('\n', '\r\n'),
    'with CR': stream.replaceAll('\n', '\r'),
    'with a comment first': `: hello\n\n${stream}`,
    'with an id first': `id: 1\n${stream}`,
    'with a retry time first': `retry: 100\n\n${stream}`,
    'with an event first': `event: message\n${stream}`,
    'without spaces after the colons': stream.replaceAll('data: ', 'data:'),
    'with each field named twice': stream.replaceAll('data: ', 'data: data: '),
    'with numbers that JSON lacks': stream.replace(
      '"index":0',
      '"logprobs":{"content":[{"token":"NaN","logprob":-Infinity}]}',
    ),
    'without blank lines between its events': stream.replaceAll('\n\n', '\n'),
    'as one JSON object a line': chunks.join('\n'),
    'as one JSON object a line, with [DONE]': `${chunks.join('\r\n')}\r\n[DONE]\r\n`,
    'with a byte order mark before a document': `\ufeff${completion}`,
    'as a document over several lines': JSON.stringify(JSON.parse(completion), null, 2),
  };
  for (const [form, body] of Object.entries(forms)) {
    test(form, async () => {
      for (const size of [1_000_000, 1]) {
        await using harness = await sending(body, { label: 'application/json', size });
        assert.equal(toText(await harness.ask('hi')), 'okay é', `in pieces of ${size}`);
      }
    });
  }

  for (const mark of ['[done]', ' [DONE] ', '"[DONE]"', 'data: [DONE]', 'DONE', '[Done]']) {
    test(`with the mark ${JSON.stringify(mark)} at its end`, async () => {
      await using harness = await sending(stream.replace('[DONE]', mark));
      assert.equal(toText(await harness.ask('hi')), 'okay é');
    });
  }

  test('with the token counts after [DONE]', async () => {
    const counts = 'data: {"choices":[],"usage":{"prompt_tokens":11,"completion_tokens":7}}\n\n';
    for (const size of [1_000_000, 1]) {
      await using harness = await sending(stream + counts, { size });
      const events = await harness.ask('hi');
      const usage = { inputTokens: 11, cachedInputTokens: 0, outputTokens: 7, reasoningTokens: 0 };
      assert.deepEqual(events.slice(-2), [
        { type: 'usage', usage },
        { type: 'run-end', reason: 'stop' },
      ]);
    }
  });

  test('with all digits of numbers in arguments that are an object', async () => {
    const call = '{"index":0,"id":"a","function":{"name":"f","arguments":{"id": 12345678901234567890}}}';
    const bodies = [
      `data: {"choices":[{"delta":{"tool_calls":[${call}]},"finish_reason":"stop"}]}\n\n`,
      `{"choices":[{"message":{"tool_calls":[${call}]},"finish_reason":"stop"}]}`,
    ];
    for (const body of bodies) {
      await using harness = await sending(body);
      const [, delta] = await harness.ask('hi');
      assert.deepEqual(delta, { type: 'tool-call-delta', callId: 'a', arguments: '{"id":12345678901234567890}' });
    }
  });

  test('even if it is not UTF-8', async () => {
    const bytes = Buffer.from(stream.replace('é', 'e'), 'latin1');
    bytes[bytes.indexOf('ay e') + 3] = 0xe9;
    await using harness = await sending(bytes);
    assert.equal(toText(await harness.ask('hi')), 'okay \ufffd');
  });

  const page = 'The agent answered with an HTML page: check that AGENT_URL ends in /v1.';
  const neither = 'The agent answered with neither an event stream nor JSON: check that AGENT_URL ends in /v1.';
  const refused: [body: string, label: string, message: string][] = [
    ['<!DOCTYPE html><title>secret</title>', 'text/html', page],
    ['\n<html>', 'text/event-stream', page],
    ['Ollama is running', 'text/plain', neither],
    ['', 'text/html', neither],
    ['', 'text/event-stream', "The agent's stream ended early."],
    ['', '', "The agent's stream ended early."],
    ['', 'application/json', 'The agent sent an empty answer.'],
    ['data: {"a":NaN"\n\n', 'text/event-stream', "The agent's answer is not valid JSON."],
    [`${half}error: {"message":"boom"}\n\n`, 'text/event-stream', 'The agent reported an error: boom'],
    [`${half}{"error":{"message":"boom"}}\n\n`, 'text/event-stream', 'The agent reported an error: boom'],
    ['da', 'text/plain', neither],
  ];
  for (const [body, label, message] of refused) {
    test(`and refused otherwise: ${JSON.stringify(body)} as "${label}"`, async () => {
      await using harness = await sending(body, { label });
      await assert.rejects(harness.ask('hi'), (error: { code: string; status: number; message: string }) => {
        assert.deepEqual([error.code, error.status, error.message], ['upstream_error', 502, message]);
        return true;
      });
    });
  }
});
