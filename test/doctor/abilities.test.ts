import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { startHermes } from '../helpers/hermes.ts';
import { examine } from './examine.ts';
import { say, sendJson, startAgent } from './start-agent.ts';

const isChat = (path: string): boolean => path === '/v1/chat/completions';

test('an agent that does everything right passes every check', async () => {
  await using agent = await startAgent();
  const findings = await examine(agent.url);
  assert.deepEqual(
    [...findings.values()].filter(({ verdict }) => verdict !== 'pass'),
    [],
  );
  assert.deepEqual(
    [...findings.keys()],
    ['reachable', 'url', 'credentials', 'api', 'models', 'answer', 'stream', 'usage', 'format', 'tools', 'runs'],
  );
  assert.equal(findings.get('runs')?.message, '3 at once');
});

describe('a limitation is reported with the setting for it', () => {
  test('Hermes behind its chat API loses its tools', async () => {
    await using agent = await startAgent({
      answer: ({ path }, response) =>
        path === '/v1/capabilities' && sendJson(response, 200, { object: 'hermes.api_server.capabilities' }),
    });
    const finding = (await examine(agent.url, { runs: 0, place: 'file' })).get('api');
    assert.equal(finding?.verdict, 'note');
    assert.equal(finding?.remedy, 'set agents.hermes.api: hermes');
  });

  test('none is reported for Hermes behind its own API', async () => {
    let counts = 0;
    await using hermes = await startHermes({
      answer: ({ path, body }, response) => {
        if (path === '/v1/capabilities') return sendJson(response, 200, { object: 'hermes.api_server.capabilities' });
        if (path === '/v1/runs') body.input = 'say Hello!';
        const isAsked = isChat(path) && body.messages !== undefined;
        if (!isAsked) return isChat(path) || path === '/v1/responses' ? sendJson(response, 400, {}) : false;
        if (!body.stream) return say(response, { content: 'Hello!' });
        if (++counts > 10) return sendJson(response, 429, {});
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.end('data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n');
        return true;
      },
    });
    const findings = await examine(hermes.url, { api: 'hermes', runs: 12 });
    assert.equal(findings.get('format')?.verdict, 'pass');
    assert.equal(findings.get('runs')?.message, '10 at once');
  });

  test('it ignores JSON Schemas', async () => {
    await using agent = await startAgent({
      answer: ({ path, body }, response) =>
        isChat(path) && body.response_format !== undefined && say(response, { content: 'Hello!' }),
    });
    const finding = (await examine(agent.url, { runs: 0 })).get('format');
    assert.equal(finding?.message, 'ignores JSON Schemas');
    assert.equal(finding?.remedy, 'set AGENT_STRUCTURED_OUTPUTS=prompt');
  });

  test('it refuses JSON Schemas and follows json_object', async () => {
    await using agent = await startAgent({
      answer: ({ path, body }, response) =>
        isChat(path) &&
        body.response_format?.type === 'json_schema' &&
        sendJson(response, 400, { error: { message: 'This response_format type is unavailable now' } }),
    });
    const finding = (await examine(agent.url, { runs: 0 })).get('format');
    assert.match(
      finding?.message ?? '',
      /^refuses JSON Schemas \(400: This response_format type is unavailable now\)$/,
    );
    assert.equal(finding?.remedy, 'set AGENT_STRUCTURED_OUTPUTS=json_object');
  });

  test('it refuses tools', async () => {
    await using agent = await startAgent({
      answer: ({ path, body }, response) =>
        isChat(path) &&
        body.tools !== undefined &&
        sendJson(response, 400, { error: { message: 'test-model does not support tools' } }),
    });
    const finding = (await examine(agent.url, { runs: 0 })).get('tools');
    assert.equal(finding?.message, 'refuses tools of clients (400: test-model does not support tools)');
  });

  test('it reports usage in plain replies only', async () => {
    await using agent = await startAgent({
      answer: ({ body }) => {
        if (body?.stream_options !== undefined) body.stream_options = undefined;
        return false;
      },
    });
    const finding = (await examine(agent.url, { runs: 0 })).get('usage');
    assert.equal(finding?.message, 'in plain replies only');
    assert.equal(finding?.remedy, 'set AGENT_UPSTREAM_STREAM=when_streamed');
  });

  test('it takes two runs at once', async () => {
    let open = 0;
    await using agent = await startAgent({
      answer: async ({ path, body }, response) => {
        if (!isChat(path) || !JSON.stringify(body).includes('Count from one to ten.')) return false;
        open++;
        response.once('close', () => open--);
        if (open > 2) return sendJson(response, 429, { error: { message: 'Too many concurrent runs (max 2)' } });
        await delay(100);
        return false;
      },
    });
    const finding = (await examine(agent.url, { runs: 5 })).get('runs');
    assert.equal(finding?.verdict, 'fail');
    assert.equal(finding?.message, '2 of 5 at once; the others: 429');
    assert.equal(finding?.remedy, 'set AGENT_MAX_RUNS=2');
    const limited = (await examine(agent.url, { runs: 5, settings: { maxRuns: 2 } })).get('runs');
    assert.equal(limited?.message, '2 at once');
  });

  test('a new run interrupts another, which ends without a reason', async () => {
    await using agent = await startAgent({
      answer: ({ path, body }, response) => {
        if (!isChat(path) || !JSON.stringify(body).includes('Count from one to ten.')) return false;
        response
          .writeHead(200, { 'content-type': 'text/event-stream' })
          .end('data: {"choices":[]}\n\ndata: [DONE]\n\n');
        return true;
      },
    });
    const finding = (await examine(agent.url)).get('runs');
    assert.match(finding?.message ?? '', /^3 of 3 concurrent streams broke off without an end/);
    assert.equal(finding?.remedy, 'set AGENT_MAX_RUNS=1');
  });

  test('its first output takes longer than the limit', async () => {
    await using agent = await startAgent({
      answer: ({ path, body }) => isChat(path) && body.messages !== undefined,
    });
    const finding = (await examine(agent.url, { timeoutMs: 200 })).get('answer');
    assert.equal(finding?.verdict, 'fail');
    assert.equal(finding?.message, 'no whole answer within 0.2 s');
    assert.match(finding?.remedy ?? '', /keep AGENT_FIRST_BYTE_TIMEOUT above it/);
  });

  test('its answer fails', async () => {
    await using agent = await startAgent({
      answer: ({ path, body }, response) =>
        isChat(path) && body.messages !== undefined && sendJson(response, 400, { error: { message: 'no GPU' } }),
    });
    const finding = (await examine(agent.url)).get('answer');
    assert.match(finding?.message ?? '', /^400: .*no GPU/);
  });

  test('the whole answer comes in one piece', async () => {
    await using agent = await startAgent({
      answer: ({ path, body }, response) =>
        isChat(path) &&
        body.stream === true &&
        say(response, { content: 'one two three four five six seven eight nine ten' }),
    });
    const finding = (await examine(agent.url, { runs: 0 })).get('stream');
    assert.equal(finding?.verdict, 'note');
  });
});

test('an upstream that requires max_completion_tokens is asked again with it', async () => {
  await using agent = await startAgent({
    answer: ({ path, body }, response) =>
      isChat(path) &&
      body.max_tokens !== undefined &&
      body.stream !== true &&
      sendJson(response, 400, {
        error: { message: "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead." },
      }),
  });
  const findings = await examine(agent.url, { runs: 0 });
  assert.equal(findings.get('format')?.verdict, 'pass');
  assert.equal(findings.get('tools')?.verdict, 'pass');
});
